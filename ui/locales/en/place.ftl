### Where a run goes on: starting the practice cloud and the engine, for the terminal and the window alike.

place-engine-docker = Image engine: { $name } { $version }
place-docker-none = Image engine: the built-in one, because no Docker that can be used was found.
place-docker-not-usable = { $name } cannot be used.
place-docker-passed-over = Image engine: the built-in one, because { $name } cannot reach the practice registry.
problem-place-no-folder = There is no home folder to keep the lab's data in.
problem-place-no-folder-hint = Name a folder with IMAGELAB_DATA, or in a terminal with --data.
problem-place-folder = The data folder { $path } cannot be used.
problem-place-folder-hint = Name another folder with IMAGELAB_DATA or, in a terminal, with --data, or make this one writable.
problem-place-folder-in-use = { $path } is in use by another imagelab.
problem-place-folder-in-use-hint = Stop the other one, or name another folder with IMAGELAB_DATA or, in a terminal, with --data.
problem-place-no-region = { $region } is not the name of a region.
problem-place-no-region-hint = Regions are named as in ap-northeast-2.
problem-place-port = Port { $port } of 127.0.0.1 cannot be used.
problem-place-port-hint = Another program may have it: name another port, or none for any that is free.
problem-place-practice = The practice cloud does not start.
problem-place-practice-hint = If its folder was changed from outside, name another data folder with IMAGELAB_DATA or, in a terminal, with --data.
problem-place-engine = The built-in engine does not start.
problem-place-engine-hint = If its folder was changed from outside, name another data folder with IMAGELAB_DATA or, in a terminal, with --data.
problem-place-no-docker = No Docker that can be used was found.
problem-place-no-docker-hint = Start Docker, or use the built-in engine.
problem-place-docker-cannot-reach = { $name } cannot reach the practice registry on this machine.
problem-place-docker-cannot-reach-hint = Choose the built-in engine: nothing else about the lab changes.
