# Texts of `imagelab`, the lab in a terminal.

cli-about = Image Security Lab in a terminal: turn on Amazon ECR enhanced scanning, push an image that contains Log4Shell, and see what the scan reports and what it does not report.
cli-exit-codes = Exit codes: 0 all checks met, 1 a check not met or a step failed, 2 usage error, 130 interrupted.
cli-heading-usage = Usage:
cli-heading-commands = Commands
cli-heading-command = COMMAND
cli-heading-options = Options

cli-run = Run the whole lab, all seven steps
cli-practice = Run the practice cloud and the image engine until interrupted; print the environment variables for a shell
cli-resume = Continue an interrupted run
cli-run-state = Run { $run } ({ $mode }, { $engine })
    Account { $account }, region { $region }, started { $started }
cli-cleanup = Delete what the last run created and restore what it changed
cli-practice-policy = An IAM policy document that limits the practice user; without it they may do everything
cli-practice-registry-policy = The registry's own policy
cli-practice-alias = The account's alias
cli-permissions = Permissions that this run uses (`imagelab policy` prints a policy with all of them):
cli-permission-proven = proven
cli-permission-refused = refused
cli-permission-expected = expected
cli-permission-doubtful = doubtful
cli-permission-unknown = unknown until used
cli-permission-optional = (optional)
cli-policy = Print the least-privilege IAM policy that a run needs
cli-policy-account = The account, by its twelve digits; without it, that of the profile
cli-policy-profile = The AWS profile whose account and Region are used
cli-policy-region = The Region of the run; without it, that of the profile
cli-policy-format = json (an IAM policy document) or terraform; default: json
cli-policy-explorer = The policy of the read-only explorer instead
cli-findings = Show the findings of the last run
cli-never-here = Show, add to or remove from the list of accounts that are not to be changed

cli-status = Show the state of the last run
cli-option-lang = The language of everything that is printed: ko or en (default: the system's)
cli-option-data = The folder that holds the session, the practice cloud and the images (default: the user's own; also IMAGELAB_DATA)
cli-option-verbose = Print log messages to standard error
cli-option-help = Print this help
cli-option-version = Print the version
cli-option-mode = Where to run: practice (on this machine) or aws (in your own account) (default: practice)
cli-option-profile = The AWS profile (aws mode)
cli-option-region = The region (default: the profile's; in practice mode ap-northeast-2)
cli-option-engine = The image engine: docker, builtin, or auto for Docker if one is found that can reach the registry (default: auto)
cli-option-speed = Speed of the practice cloud: real takes as long as AWS, fast a twentieth of that, instant no time (default: fast)
cli-option-image = The vulnerable image (default: the lesson's neo4j:4.4.0)
cli-option-fixed-image = The patched image (default: neo4j:4.4.48)
cli-option-tag = The tag under which the vulnerable image is pushed (default: latest)
cli-option-fixed-tag = The tag under which the patched image is pushed (default: its own)
cli-option-filter = The filter of the scanning rule (default: prod)
cli-option-prod = The repository that is scanned (default: eks-security-prod)
cli-option-sandbox = The repository with the same image that is not scanned (default: eks-security-sandbox)
cli-option-shared = The third repository, which stays empty (default: eks-security-shared)
cli-option-prefix = A prefix for the names of the three repositories, such as a learner's name: kim gives kim-eks-security-prod
cli-option-until = Stop after this step and keep everything: prepare, scanning, repositories, push, results, remediate or cleanup
cli-option-preflight-only = Only check the account, its permissions and the image engine; nothing is changed
cli-option-account = The only account that may be changed, by its twelve digits; --yes needs it in AWS
cli-option-keep = Skip the clean-up: everything that was created is kept for you to inspect
cli-option-move-tags = Allow moving a tag that another image has: that image is kept under another tag, and the tag is put back at clean-up
cli-option-keep-rules = Keep the registry's existing scanning rules in addition to the lab's own (the default)
cli-option-replace-rules = Dangerous: drop the registry's existing scanning rules until clean-up; repositories that they match lose scanning
cli-cleanup-mode = Where to look for a run of which no record is left: practice (the practice clouds of the data folder; the default) or aws
cli-cleanup-prod = Of a run without a record: its repository that is scanned (default: the lesson's)
cli-cleanup-sandbox = Of a run without a record: its repository that is not scanned
cli-cleanup-shared = Of a run without a record: its third repository
cli-cleanup-filter = Of a run without a record: its filter, where its tags do not say it
cli-cleanup-tag = Of a run without a record: the tag of its vulnerable image (default: the lesson's)
cli-cleanup-fixed-tag = Of a run without a record: the tag of its patched image (default: the lesson's)
cli-cleanup-configuration = What becomes of a scanning configuration that another user has changed: restore the one before the lab, or keep the present one
cli-option-yes = Do not ask for the last four digits of the account before changing it
cli-option-report = Write an evidence report to this file (.html or .json)
cli-option-json = Print the result as one JSON object on standard output
cli-option-fault = Inject a fault into the practice cloud, such as ecr:CreateRepository=throttle*3 (may be repeated)
cli-option-port = The port of the AWS endpoint and the registry (default: the last one used, or any free port)
cli-option-engine-port = Let the image engine listen on this port of 127.0.0.1, which every user of this computer can reach (default: a socket that only you can use)
cli-option-loopback-names = Name repositories 127.0.0.1:PORT/NAME, for use with your own Docker
cli-option-reset = Delete the practice cloud of the Region, also one that is damaged, and exit
cli-option-remove = Also remove this repository, image (REPOSITORY:TAG) or local image that the plan names although the run did not make it (may be repeated)
cli-practice-region = The region of the practice cloud (default: ap-northeast-2)
cli-resume-engine = The image engine: auto, docker or builtin (default: the one the run used)
cli-cleanup-engine = The image engine: auto, docker or builtin (default: the one the run used)
cli-status-json = Print JSON
cli-option-repository = Only this repository
cli-option-severity = Only these severities, separated by commas: critical, high, medium, low, informational, untriaged
cli-option-excel = Begin CSV with a byte order mark, so that Excel reads it as UTF-8
cli-option-format = table for people; json, csv or sarif (2.1.0) for programs (default: table)
cli-never-here-add = Add this account to the list (may be repeated)
cli-never-here-remove = Remove this account from the list (may be repeated)

cli-error = error: { $text }
cli-details = details: { $text }
cli-hint = hint: { $text }

cli-usage-unknown-option = There is no option { $argument }.
cli-usage-unknown-command = There is no command { $argument }.
cli-usage-no-command = A command is missing.
cli-usage-value = { $argument } cannot be { $value }.
cli-usage-no-value = { $argument } needs one value.
cli-usage-missing = { $argument } is missing.
cli-usage-conflict = { $argument } cannot be given here.
cli-usage-other = The command line cannot be read.
cli-usage-help = `imagelab --help` lists the commands, and `imagelab COMMAND --help` the options of one.
cli-usage-values = It can be: { $known }.
cli-usage-suggestion = Similar: { $known }.

cli-mode-practice = PRACTICE: this runs against the practice cloud on this machine. No AWS account is used.
cli-mode-aws = AWS: this runs against your own account.
cli-mode-endpoint = Endpoint { $endpoint }, not AWS: this runs against whatever answers there, with the credentials of your profile.
cli-resumed = Continuing run { $run }.

cli-met = met
cli-not-met = not met
cli-unknown = unknown
cli-took = { "  " }{ $seconds } s
cli-pulling = Pulling { $reference }
cli-pushing = Pushing { $reference }
cli-pulled = Pulled { $reference }: { $layers } layers, { $there } already present, { $size } in { $seconds } s
cli-pushed = Pushed { $reference }: { $layers } layers, { $there } already present, { $size } in { $seconds } s
cli-loading = Loading findings: { $count }
cli-scan = ECR { $status }, Inspector { $coverage }; findings { $ecr } in ECR, { $inspector } in Inspector; { $phase }
cli-phase-not-known = not known to the service yet
cli-phase-pending = waiting in the queue
cli-phase-arriving = still arriving
cli-phase-stable = stable
cli-phase-stopped = no findings will follow
cli-phase-given-up = timed out
cli-layer-waiting = waiting
cli-layer-moving = { "" }
cli-layer-unpacking = unpacking
cli-layer-done = done
cli-layer-exists = already present
cli-layer-mounted = mounted from another repository
cli-layer-retrying = retrying

cli-changes = These changes will be made:
cli-cost = Cost: { $text }
cli-change-create = create
cli-change-replace = change
cli-change-keep = keep
cli-change-delete = delete
cli-change-restore = restore
cli-ask-digits = Type the last four digits of the account to make these changes, or nothing to change nothing:
cli-wrong-digits = These are not the last four digits of the account.
cli-ask-caution = Change account { $account } nevertheless? [y/N]
cli-never-here-none = No account is on the list.
cli-not-made = Named by the plan, but not made by this run ({ $count }):
cli-not-made-item = { $name } (to remove it: { $command })
cli-not-made-ask = Remove { $name } too? [y/N]
cli-not-made-kept = { $name } is kept. `imagelab cleanup --remove` removes it by name, also with --yes.
cli-not-made-unknown = { $name } is not among what the plan names and this run did not make; nothing was removed by that name.
cli-declined = error: The changes were not confirmed, so nothing was changed. hint: Run the command again and type the account's last four digits, or add --yes.
cli-interrupted = error: Interrupted before anything was changed. hint: Run the command again.
cli-stopped-at-once = Stopped at once. `imagelab resume` continues, and `imagelab cleanup` undoes everything.

cli-count-not-met = { $count } not met
cli-count-unknown = { $count } unknown
cli-count-stale = out of date
cli-all-met = All checks are met.
cli-not-all-met = Not all checks are met.
cli-stopping = Stopping… (press Ctrl-C again to quit immediately)
cli-stopped = Stopped. Progress is saved: continue with `imagelab resume`, or undo everything with `imagelab cleanup`.
cli-failed = Progress is saved: once the cause is resolved, continue with `imagelab resume`, or undo everything with `imagelab cleanup`.
cli-kept = Everything that was created is kept. Inspect it with `imagelab findings`; delete it with `imagelab cleanup`.
cli-kept-costs = Everything that was created is kept in your account and may cost money. Inspect it with `imagelab findings`; delete it with `imagelab cleanup`.
cli-report-written = Report: { $path }

cli-nothing-to-clean = Account { $account }, Region { $region }: there is nothing to clean up. Its repositories were read, and none is a run's of this lab; the scanning configuration is { $configuration }.
cli-no-practice = This data folder has no practice cloud: there is nothing to clean up in one.
cli-aws-not-read = No AWS account was read. To look for what a lost run left in one: `imagelab cleanup --mode aws --profile NAME --region REGION`
cli-filter-found = Account { $account }, Region { $region }: no repository of this lab was found, but the scanning configuration has its filter: { $configuration }. Whether a run of the lab put it there, and what was there before, is not known. Compare it with what your team expects.
cli-account-partly-read = Account { $account }, Region { $region }: no repository of the lab's names was found. Others could not be read, so whether something of the lab is left is not known (permissions ecr:DescribeRepositories and ecr:ListTagsForResource on all repositories). The scanning configuration is { $configuration }.
cli-other-run = Another run of this lab has repositories here: { $run } ({ $names }). If it is yours, clean it up with its names: `imagelab cleanup --prod NAME --sandbox NAME --shared NAME`
cli-no-run = There has been no run yet. Start one with `imagelab run`.
cli-status-finished = It is finished and cleaned up.
cli-status-left = It is cleaned up, except for what follows. Clean up again with `imagelab cleanup`, or as it says.
cli-status-unfinished = It is not finished: continue with `imagelab resume`, or undo everything with `imagelab cleanup`.
cli-findings-of = { $repository }@{ $digest }: { $findings } findings, { $unique } vulnerabilities
cli-by-severity = { $repository }@{ $digest }, vulnerabilities by severity:
cli-nothing-scanned = No scan of the last run has finished.
cli-not-scanned = The last run has no finished scan of { $name }. An image that is not scanned shows no findings; that does not mean that it has no vulnerabilities.

cli-practice-runs = PRACTICE cloud of account { $account }, region { $region }
    { "  " }AWS endpoint      { $endpoint }
    { "  " }registry          { $registryAddress } ({ $registry })
    { "  " }public.ecr.aws    { $public }
    { "  " }image engine      { $engine }
    { "  " }data folder       { $folder }
    What `docker login` stores stays in the data folder: DOCKER_CONFIG points there, your own Docker configuration is not touched.
    Paste the lines above into another shell; or write them to a file, imagelab practice > lab.env, and read it there: . ./lab.env
cli-practice-failing = Fault: { $fault }
cli-practice-stop = Press Ctrl-C to stop it.
cli-engine-port-open = The image engine listens on port { $port } of 127.0.0.1: every user of this computer can reach it.
cli-practice-emptied = The practice cloud in { $region } is deleted. Its next start is an empty account.
cli-practice-stopping = Stopping the practice cloud…
cli-practice-old-aws = AWS CLI versions before { $version } do not read AWS_ENDPOINT_URL; with those, use:

problem-cli-account-needed = --yes alone does not change an AWS account: the credentials might belong to another account than you expect. Nothing was changed.
problem-cli-account-needed-hint = If account { $account } is the one to change, add --account { $account }.
problem-cli-checks-not-met = Not all checks are met: { $steps }.
problem-cli-checks-not-met-hint = Follow the hints at these checks; `imagelab resume` continues an unfinished run, and asks again what is unknown.
problem-cli-other-account = The credentials belong to account { $account }, not to { $expected }. Nothing was changed.
problem-cli-other-account-hint = Choose the profile of account { $expected } with --profile, or give the right account with --account.
problem-cli-profile-unused = --profile { $profile } names an AWS account, but this run is in the practice cloud.
problem-cli-profile-unused-hint = To use the account, add --mode aws to `imagelab run`; to practise, omit --profile.
problem-cli-unfinished = Run { $run } is not finished, so a new one cannot start.
problem-cli-unfinished-hint = Continue it with `imagelab resume`, or undo it with `imagelab cleanup`.
problem-cli-nothing-to-resume = There is no run to continue.
problem-cli-nothing-to-resume-hint = Start one with `imagelab run`.
problem-cli-nobody-to-ask = An AWS account is changed only after confirmation, and there is no terminal to ask on. Nothing was changed.
problem-cli-nobody-to-ask-hint = Run it in a terminal, or add --yes to confirm the changes.
problem-cli-not-prepared = The lab cannot start: some prerequisites are missing. Nothing was changed.
problem-cli-not-prepared-hint = Resolve the checks above that are not met, then start again.
problem-cli-no-findings = There has been no run yet, so there are no findings.
problem-cli-no-findings-hint = Start one with `imagelab run`.
problem-cli-no-repository = The last run has no repository { $name }.
problem-cli-no-repository-hint = Its repositories are { $known }.
problem-cli-policy-owner = The account and the Region of the policy are not known.
problem-cli-policy-owner-hint = Name them: `imagelab policy --account 123456789012 --region ap-northeast-2`. Or give a profile with which AWS can be asked who you are.
problem-cli-output = The result could not be written to standard output.
problem-cli-output-hint = Check where standard output goes: the disk may be full.
problem-cli-signals = The program could not install its signal handlers.
problem-cli-signals-hint = Try again. If it fails again, the system may be low on resources.
