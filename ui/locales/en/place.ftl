### Starting the practice cloud and the image engine, for the terminal and the window alike.

place-engine-docker = Image engine: { $name } { $version }
place-docker-none = Image engine: the built-in one, because no usable Docker was found.
place-docker-not-usable = { $name } cannot be used.
place-docker-passed-over = Image engine: the built-in one, because { $name } cannot reach the practice registry.
problem-place-no-folder = There is no home folder to store the lab's data in.
problem-place-no-folder-hint = Name a folder with IMAGELAB_DATA, or in a terminal with --data.
problem-place-folder = The data folder { $path } cannot be used.
problem-place-folder-hint = Name another folder with IMAGELAB_DATA or, in a terminal, with --data, or make this one writable.
problem-place-folder-in-use = { $path } is in use by another instance of the lab.
problem-place-folder-in-use-hint = Stop the other one, or name another folder with IMAGELAB_DATA or, in a terminal, with --data.
problem-place-no-region = { $region } is not a valid Region name.
problem-place-no-region-hint = Region names look like ap-northeast-2.
problem-place-port = Port { $port } of 127.0.0.1 cannot be used.
problem-place-port-hint = Another program may be using it: choose another port, or omit the option to use any free port.
problem-place-practice = The practice cloud could not be started.
problem-place-practice-hint = If its folder was changed by another program, name another data folder with IMAGELAB_DATA or, in a terminal, with --data.
problem-place-engine = The built-in engine could not be started.
problem-place-engine-hint = If its folder was changed by another program, name another data folder with IMAGELAB_DATA or, in a terminal, with --data.
problem-place-no-docker = No usable Docker was found.
problem-place-no-docker-hint = Start Docker, or use the built-in engine.
problem-place-docker-cannot-reach = { $name } cannot reach the practice registry on this machine.
problem-place-docker-cannot-reach-hint = Choose the built-in engine: the rest of the lab stays the same.
