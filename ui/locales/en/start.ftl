# The start screen: an unfinished run, modes, account, engine, speed, names.

start-title = Find the vulnerabilities in a container image
start-about = In seven steps: turn on Amazon ECR enhanced scanning, push an image that contains Log4Shell, and see what the scan finds and what it misses.
start-mode = Where do you want to work?
start-steps = What you will do
start-practice-about = In a practice cloud that runs on this computer. Start here if this is your first time.
start-practice-fact-1 = No AWS account and no Docker needed
start-practice-fact-2 = Costs nothing, works offline
start-practice-fact-3 = The same APIs and the same commands as the real thing
start-aws-about = In your own AWS account. Before each change you see what it does and what it costs, and are asked to confirm.
start-aws-fact-1 = Needs AWS credentials and IAM permissions
start-aws-fact-2 = Scanning and storage incur small charges
start-aws-fact-3 = At the end, what the lab created is deleted and your settings are restored

begin = Start the lab
begin-practice = Start in practice mode
begin-practice-about = You can start right away, or change the options below.
begin-practice-note = No AWS account is used.
begin-aws = Start in AWS mode
begin-aws-about = Choose the credentials to use, and check which account they belong to.
begin-aws-note = Starting changes nothing yet.
begin-who-first = First check which account the credentials belong to.
begin-beginning = Starting
begin-failed = The lab could not start

profile = Profile
profile-about = One of the profiles in this computer's AWS configuration.
profile-default = Default
profile-default-about = The one set in the environment, or the profile named default
profiles-failed = The profiles could not be read
region-about = If left empty, the profile's Region is used.
region-of-profile = The profile's Region
region-use = Use { $region }
who-ask = Check the account
who-failed = The account could not be identified
who-found = The lab will use these credentials.
who-arn = User or role

profiles-unusable = { $count ->
    [one] 1 profile that cannot be used
   *[other] { $count } profiles that cannot be used
}
profile-kind-static = Access key
profile-kind-sso = SSO
profile-kind-ssoLegacy = SSO (legacy)
profile-kind-login = aws login
profile-kind-assumeRole = Role
profile-kind-webIdentity = Web identity
profile-kind-process = Program
profile-kind-container = Container
profile-kind-instanceMetadata = EC2 instance
profile-kind-environment = Environment
profile-kind-none = No credentials
who-endpoint = Endpoint { $endpoint }, not AWS: the calls go there.
engine-store-containerd = containerd image store
engine-store-graphDriver = classic image store
engine-store-unknown = image store not known
engine = Image engine
engine-about = The program that pulls and pushes images.
engine-auto = Automatic (recommended)
engine-auto-about = Docker, if one is found that can reach the registry; otherwise the built-in engine.
engine-builtin = Built-in engine
engine-builtin-about = Part of this app: always available, nothing to install.
engine-looking = Looking for Docker…
engine-none-found = No Docker was found on this computer. The built-in engine will be used.
engine-unusable = { $name } cannot be used at the moment
engine-look-again = Search for engines again

speed = Speed of the practice cloud
speed-about = How long scans take.
speed-real = Real
speed-real-about = As long as on AWS
speed-steady = Fast
speed-steady-about = Scans five times as fast, transfers slow enough to follow (recommended)
speed-instant = Instant
speed-instant-about = No waiting

plan = Names and images
plan-about = The repositories that the lab creates and the images that it uses.
plan-filter = Scanning filter
plan-filter-about = Only repositories that match it are scanned.
plan-prod = Scanned repository
plan-prod-about = Must match the filter.
plan-sandbox = Repository that is not scanned
plan-sandbox-about = Receives the very same image.
plan-shared = Shared repository
plan-shared-about = Not scanned, and stays empty.
plan-image = Vulnerable image
plan-image-about = host/path:tag
plan-tag = Tag
plan-tag-about = The vulnerable image is pushed with this tag.
plan-fixedimage = Patched image
plan-fixedimage-about = host/path:tag
plan-fixedtag = Tag of the patched image
plan-fixedtag-about = Must differ from the tag above.
plan-platform = Platform
plan-platform-about = Only this platform's image is pushed.
plan-keep-rules = Keep the existing scanning rules of the registry
plan-move-tags = Allow moving a tag that another image has
plan-move-tags-about = Until clean-up, whatever uses the tag gets the vulnerable image. The other image is kept under another tag, and the tag is put back.
plan-share-layers = Reuse layers in the second push
plan-share-layers-about = Turns BLOB_MOUNTING on until clean-up, in the practice cloud only. For an AWS account the step shows the command and does not run it.
plan-keep-rules-about = Without this, they are dropped until clean-up: the repositories that they match lose scanning, and findings that close meanwhile may not come back.
plan-reset = Restore the lesson's defaults

unfinished-title = There is an unfinished run
unfinished-about = You can continue where you stopped last time.
unfinished-started = Started
unfinished-progress = Progress
unfinished-steps = { $done } of { $all } steps done
unfinished-next = Next: { $title }
unfinished-continue = Continue
unfinished-cleanup = Clean up
unfinished-start-over = Start over
unfinished-continue-failed = The run could not be continued
unfinished-cleanup-failed = The clean-up could not start
unfinished-start-over-failed = A new run could not be started
start-over-title = Start over?
start-over-practice-about = The current progress is discarded and cannot be continued. No AWS account is affected.
start-over-aws-about = The repositories and the scanning configuration created so far stay in your AWS account, may cost money, and can no longer be cleaned up by this app. We recommend cleaning up first.

finished-run = Your last run is finished and cleaned up
finished-run-open = See its results
finished-run-failed = The finished run could not be opened
