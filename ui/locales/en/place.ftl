### Starting the practice cloud and the image engine, for the terminal and the window alike.

place-engine-docker = Image engine: { $name } { $version }
place-docker-none = Image engine: the built-in one, because no usable Docker was found.
place-docker-not-usable = { $name } cannot be used.
place-docker-passed-over = Image engine: the built-in one, because { $name } cannot reach the practice registry.
place-practice-quarantined = The state of the practice repository { $name } could not be read, so the repository was taken out of the practice cloud; push its images again. Its files are in { $path }. To start with an empty practice cloud: imagelab practice --reset
place-running-practice = Uses the practice cloud that is running at { $endpoint }.
problem-place-advisories = The advisories were not imported: a file cannot be read, is damaged or has another format. Nothing was changed.
problem-place-advisories-hint = Import records (.json) or archives (.zip) of the OSV schema, such as the all.zip of an ecosystem, or the JSON list of the Debian security tracker.
problem-place-advisories-in-use = Another process is importing advisories into this data folder.
problem-place-advisories-in-use-hint = Wait until it has ended, and try again.
problem-place-advisories-unreadable = The imported advisories cannot be read: { $path }.
problem-place-advisories-unreadable-hint = Import them again with `imagelab catalogue import`, or remove them with `imagelab catalogue reset`.
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
problem-place-practice-damaged = The state of the practice cloud could not be read: { $path }.
problem-place-practice-damaged-hint = If a newer version of this program wrote it, use that one. Otherwise empty the practice cloud: imagelab practice --reset (with --region for another Region). Only the practice cloud of that Region is deleted.
problem-place-practice-clock = The practice clock moves forward only, by a second at least, and to 3650 days ahead at most.
problem-place-practice-clock-hint = Name a shorter time, such as 1d or 14d. To begin with a clock that was not moved, empty the practice cloud: imagelab practice --reset.
problem-place-practice-control = The running practice cloud could not be asked to move its clock.
problem-place-practice-control-hint = Try again. If it persists, stop the practice cloud, move its clock while it is stopped, and start it again.
problem-place-socket-folder = The folder { $path } for the image engine's socket belongs to another user, or others can use it.
problem-place-socket-folder-hint = Delete that folder, or name a data folder with a shorter path with IMAGELAB_DATA or, in a terminal, with --data.
problem-place-engine = The built-in engine could not be started.
problem-place-engine-hint = If its folder was changed by another program, name another data folder with IMAGELAB_DATA or, in a terminal, with --data.
problem-place-no-docker = No usable Docker was found.
problem-place-no-docker-hint = Start Docker, or use the built-in engine.
problem-place-docker-cannot-reach = { $name } cannot reach the practice registry on this machine.
problem-place-docker-cannot-reach-hint = Choose the built-in engine: the rest of the lab stays the same.

# The practice clock.
practice-clock-days = The practice clock was moved { $count } { $count ->
    [one] day
   *[other] days
 } forward.
practice-clock-hours = The practice clock was moved { $count } { $count ->
    [one] hour
   *[other] hours
 } forward.
practice-clock-minutes = The practice clock was moved { $count } { $count ->
    [one] minute
   *[other] minutes
 } forward.
practice-clock-seconds = The practice clock was moved { $count } { $count ->
    [one] second
   *[other] seconds
 } forward.
practice-clock-unknown = How far the practice clock was moved forward could not be read.
