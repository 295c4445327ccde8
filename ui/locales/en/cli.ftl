# Words of `imagelab`, the lab in a terminal.

cli-about = Image Security Lab in a terminal: turn on Amazon ECR enhanced scanning, push an image that carries Log4Shell, and see what the scan says, and what it does not say.
cli-exit-codes = Exit codes: 0 all checks met, 1 a check not met or a step failed, 2 wrong use, 130 stopped.
cli-heading-usage = Usage:
cli-heading-commands = Commands
cli-heading-command = COMMAND
cli-heading-options = Options

cli-run = Run the whole lab, all seven steps
cli-practice = Run the practice cloud and the image engine until stopped; prints the environment for a shell
cli-resume = Go on with a run that was interrupted
cli-run-state = Run { $run } ({ $mode }, { $engine })
    Account { $account }, region { $region }, started { $started }
cli-cleanup = Take back what the last run made
cli-findings = Show the findings of the last run

cli-status = Say where the last run stands
cli-option-lang = The language of everything that is printed: ko or en (default: the system's)
cli-option-data = The folder that holds the session, the practice cloud and the images (default: the user's own; also IMAGELAB_DATA)
cli-option-verbose = Print what goes on inside, on standard error
cli-option-help = Print this help
cli-option-version = Print the version
cli-option-mode = Where it runs: practice, on this machine, or aws, in your own account (default: practice)
cli-option-profile = The AWS profile (aws mode)
cli-option-region = The region (default: the profile's; in practice mode ap-northeast-2)
cli-option-engine = What moves the images: docker, builtin, or auto for Docker where one is found that can reach the registry (default: auto)
cli-option-speed = How fast the practice cloud goes: real takes as long as AWS, fast a twentieth of that, instant no time at all (default: fast)
cli-option-image = The vulnerable image (default: the lesson's neo4j:4.4.0)
cli-option-fixed-image = The patched image (default: neo4j:4.4.48)
cli-option-keep = Leave out the clean-up: what was made stays, for you to look at
cli-option-keep-rules = Keep the scanning rules that stand in the registry beside the lab's own
cli-option-yes = Do not ask before changing an AWS account
cli-option-report = Write an evidence pack to this file, .html or .json
cli-option-json = Print the result as one JSON object on standard output
cli-option-fault = Make the practice cloud fail, such as ecr:CreateRepository=throttle*3 (may be repeated)
cli-option-port = The port of the AWS endpoint and the registry (default: the last one, or any)
cli-option-engine-port = The port of the image engine (default: the last one, or any)
cli-option-loopback-names = Name repositories 127.0.0.1:PORT/NAME, for a Docker of your own
cli-practice-region = The region of the practice cloud (default: ap-northeast-2)
cli-resume-engine = What moves the images: auto, docker or builtin (default: what the run used)
cli-cleanup-engine = What moves the images: auto, docker or builtin (default: what the run used)
cli-status-json = Print it as JSON
cli-option-repository = Only of this repository
cli-option-severity = Only of these severities, separated by commas: critical, high, medium, low, informational, untriaged
cli-option-format = table for people; json, csv or sarif (2.1.0) for programs (default: table)

cli-error = error: { $text }
cli-details = details: { $text }
cli-hint = hint: { $text }

cli-mode-practice = PRACTICE: this runs against the practice cloud on this machine. No AWS account is touched.
cli-mode-aws = AWS: this runs against your own account.
cli-resumed = Going on with run { $run }.

cli-met = met
cli-not-met = not met
cli-unknown = unknown
cli-took = { "  " }{ $seconds } s
cli-pulling = Pulling { $reference }
cli-pushing = Pushing { $reference }
cli-pulled = Pulled { $reference }: { $layers } layers, { $there } of them there already, { $size } in { $seconds } s
cli-pushed = Pushed { $reference }: { $layers } layers, { $there } of them there already, { $size } in { $seconds } s
cli-loading = Loading findings: { $count }
cli-scan = ECR { $status }, Inspector { $coverage }; findings { $ecr } in ECR, { $inspector } in Inspector; { $phase }
cli-phase-not-known = not known to the service yet
cli-phase-pending = waiting for its turn
cli-phase-arriving = still arriving
cli-phase-stable = stable
cli-phase-stopped = there will be none
cli-phase-given-up = took too long
cli-layer-waiting = waiting
cli-layer-moving = { "" }
cli-layer-unpacking = unpacking
cli-layer-done = done
cli-layer-exists = there already
cli-layer-mounted = taken over
cli-layer-retrying = trying again

cli-where = AWS account { $account }, region { $region }
cli-changes = This is what will change:
cli-cost = Cost: { $text }
cli-change-create = create
cli-change-replace = change
cli-change-keep = keep
cli-change-delete = delete
cli-change-restore = restore
cli-ask = Go ahead? [y/N]
cli-declined = Nothing was changed.

cli-all-met = All checks are met.
cli-not-all-met = Not all checks are met.
cli-stopping = Stopping… (once more to end at once)
cli-stopped = Stopped. What was done is kept: go on with `imagelab resume`, or take it back with `imagelab cleanup`.
cli-failed = What was done is kept: when the cause is gone, go on with `imagelab resume`, or take it back with `imagelab cleanup`.
cli-kept = What was made stays. Look at it with `imagelab findings`; take it back with `imagelab cleanup`.
cli-kept-costs = What was made stays in your account and may cost money. Look at it with `imagelab findings`; take it back with `imagelab cleanup`.
cli-report-written = Report: { $path }

cli-nothing-to-clean = There is nothing to clean up.
cli-no-run = There has been no run yet. Begin with `imagelab run`.
cli-status-finished = It is finished and cleaned up.
cli-status-unfinished = It is not finished: go on with `imagelab resume`, or take it back with `imagelab cleanup`.
cli-findings-of = { $repository }@{ $digest }: { $findings } findings, { $unique } vulnerabilities
cli-nothing-scanned = No scan of the last run has finished.
cli-not-scanned = The last run has no finished scan of { $name }. No findings where nobody looks does not mean that there is nothing to find.

cli-practice-runs = PRACTICE cloud of account { $account }, region { $region }
    { "  " }AWS endpoint      { $endpoint }
    { "  " }registry          { $registryAddress } ({ $registry })
    { "  " }public.ecr.aws    { $public }
    { "  " }image engine      { $engine }
    { "  " }data folder       { $folder }
    What `docker login` stores stays in the data folder: DOCKER_CONFIG points there, your own Docker configuration is not touched.
    Paste the lines above into another shell; or write them to a file, imagelab practice > lab.env, and read it there: . ./lab.env
cli-practice-failing = Fault: { $fault }
cli-practice-stop = Ctrl-C stops it.
cli-practice-stopping = Stopping the practice cloud…
cli-practice-old-aws = AWS CLI older than { $version } does not read AWS_ENDPOINT_URL; there use:

problem-cli-unfinished = Run { $run } is not finished, so no other one can begin.
problem-cli-unfinished-hint = Go on with `imagelab resume`, or take back what it made with `imagelab cleanup`.
problem-cli-nothing-to-resume = There is no run to go on with.
problem-cli-nothing-to-resume-hint = Begin one with `imagelab run`.
problem-cli-nobody-to-ask = An AWS account is changed only after somebody has said yes, and there is no terminal to ask on. Nothing was changed.
problem-cli-nobody-to-ask-hint = Run it in a terminal, or add --yes if the changes are wanted.
problem-cli-not-prepared = The lab cannot begin: not everything that it needs is there. Nothing was changed.
problem-cli-not-prepared-hint = See to the checks above that are not met, then start again.
problem-cli-no-findings = There has been no run yet, so there are no findings.
problem-cli-no-findings-hint = Begin with `imagelab run`.
problem-cli-no-repository = The last run has no repository { $name }.
problem-cli-no-repository-hint = Its repositories are { $known }.
problem-cli-output = The result could not be written to standard output.
problem-cli-output-hint = See where standard output goes: the disk may be full.
problem-cli-signals = The program could not be set up.
problem-cli-signals-hint = Try again. If it fails again, the system may be short of resources.
