# The seven steps: why, pictures, and the texts of each step.

step-prepare-why = First, check which account you are using, and whether the permissions and tools are in place. This step changes nothing.
step-scanning-why = Turn enhanced scanning on and choose by a filter which repositories are scanned. A repository that no filter matches is not scanned. A registry has one scanning configuration, so the existing one is saved first and restored at the end.
step-repositories-why = One repository for production, one for experiments, one shared by teams. Only their names differ, and the name decides whether a repository is scanned.
step-push-why = Pull an image that contains Log4Shell, and push it to two repositories. Not one byte differs, so both repositories show the same digest.
step-results-why = The same image, by its digest, shows its vulnerabilities only in the repository that is scanned. No findings does not mean safe.
step-remediate-why = Push a patched image and compare: what is fixed, what remains, what is new.
step-cleanup-why = What the lab created is deleted, and the previous scanning configuration is restored. Then each of them is read back, and you get a receipt.

## Pictures

picture-you = You
picture-engine = Image engine
picture-ecr = Amazon ECR
picture-inspector = Inspector
picture-region = Region
picture-cloud-practice = Practice cloud
picture-cloud-aws = AWS account
picture-configuration = Scanning configuration
picture-one-per-registry = one per registry
picture-filter = Filter
picture-watched = Scanned
picture-unwatched = Not scanned
picture-repository-prod = For production
picture-repository-sandbox = For experiments
picture-repository-shared = Shared by teams
picture-public-registry = Public registry
picture-pull = Pull
picture-login = Log in
picture-pushes = Push
picture-findings = Findings
picture-not-looked = Not scanned
picture-same = same
picture-digest = digest
picture-before = Before
picture-after = After
picture-log4shell-before = Log4Shell found
picture-log4shell-after = Log4Shell gone
picture-patch = Patch
picture-rescan = scan again
picture-goes = Deleted
picture-goes-about = what the lab created
picture-returns = Restored
picture-returns-about = scanning configuration
picture-stays = Kept
picture-stays-about = what existed before

picture-prepare-practice = You, the image engine, the practice cloud
picture-prepare-practice-about = You use Amazon ECR and Amazon Inspector of a practice cloud that runs on this computer, through the image engine on this computer.
picture-prepare-aws = You, the image engine, the AWS account
picture-prepare-aws-about = You use Amazon ECR and Amazon Inspector in one Region of an AWS account, through the image engine on this computer.
picture-scanning = A filter in front of the registry
picture-scanning-about = The registry behind the filter { $filter } of the scanning configuration: { $watched } matches and is scanned, the other two repositories are not.
picture-repositories = Three repositories
picture-repositories-about = Three repositories side by side, for production, for experiments and shared by teams. Only { $watched } is scanned.
picture-push = The path of an image
picture-push-about = The image is pulled from a public registry into the engine on this computer. After logging in, the same image is pushed to { $prod } and to { $sandbox }.
picture-results = The same image, seen differently
picture-results-about = { $prod } and { $sandbox } contain an image with the same digest. The first has findings; the second is not scanned, so nothing is known about it.
picture-remediate = Before and after
picture-remediate-about = The image before the fix has many findings, Log4Shell among them. After a scan of the patched image Log4Shell is gone and fewer findings are left.
picture-cleanup = Everything as it was
picture-cleanup-about = What the lab created is deleted, the scanning configuration is restored, and what existed before stays.

## Prepare

policy-show = Show the IAM policy
policy-title = IAM policy for this run
policy-about = Exactly the permissions that this run uses, for its account, Region and repositories. Statements whose id begins with Optional may be left out: the lab then knows less, and says so.
policy-json = JSON
policy-terraform = Terraform
policy-copy = Copy { $form }
prepare-changes-nothing = Only reads, and changes nothing. It looks at what the lab needs:
prepare-looks-identity = Which user or role you are using
prepare-looks-region = Whether Amazon ECR responds in the Region
prepare-looks-network = Which endpoints, proxy and certificates are used
prepare-looks-permissions = Whether the lab's read-only calls are allowed
prepare-looks-inspector-ready = Whether scanning of ECR can be turned on
prepare-looks-tags-free = Whether the tags that will be pushed are free
prepare-looks-encryption = Whether a KMS key has a say in the push
prepare-looks-engine = Whether images can be pulled and pushed
prepare-looks-engine-network = Whether the engine has a proxy of its own
prepare-looks-disk = Whether there is enough disk space for the images
prepare-looks-source-registry = Whether the engine reaches the public registry
prepare-looks-private-registry = Whether the engine reaches the account's registry
prepare-mode = Mode
prepare-mode-practice = Practice cloud
prepare-mode-aws = AWS account
prepare-account = Account
prepare-region = Region
prepare-engine = Image engine
prepare-unknown = Not known yet

## Configure scanning

scanning-now = Now
scanning-then = After this step
scanning-same = No change
scanning-type = Scan type
scanning-rules-of = Rules
scanning-no-rules = No rules
scanning-rules = Existing rules
scanning-rules-about = Saving a scanning configuration replaces all of its rules. Choose what happens to the existing ones.
scanning-rules-replace = Only the lab's rule
scanning-rules-replace-about = Dangerous where others use the registry: the existing rules are dropped until clean-up, repositories that no rule matches any more lose scanning, and findings that close meanwhile may not come back.
scanning-rules-keep = Keep the existing rules
scanning-rules-keep-about = The lab's rule is added, so other teams' scans continue. If the registry had basic scanning, enhanced scanning of what the kept rules match costs money. If a kept rule matches the lab's other repositories too, there is nothing to compare.
scanning-plan-fixed = The lab has started to make changes, so its plan can no longer be changed.
scanning-plan-failed = The plan could not be changed

lens-title = Filter preview
lens-about = Type a filter to see immediately which repositories would be scanned. Typing changes nothing.
lens-constraint = Begins and ends with a lowercase letter, a digit or *; between them also . _ - /
lens-clear = Clear the filter
lens-use = Use in the lab
lens-in-use = The lab's filter
lens-tries = Examples
lens-count = { $matched } of { $all } names match
lens-incomplete = The account's repositories could not be listed: these are the lab's and example names only.
lens-origin-lab = This lab
lens-origin-account = In the account
lens-origin-example = Examples
lens-matches = Matches
lens-matches-not = Does not match
lens-more = Show { $count } more
lens-invalid = “{ $filter }” is not a valid filter: it is empty, has a character that is not allowed, or does not begin and end with a lowercase letter, a digit or *.
lens-why-equal = The name equals the filter.
lens-why-within = The name contains “{ $filter }”.
lens-why-within-word = “{ $word }” contains “{ $filter }” too.
lens-why-whole = The whole name matches “{ $filter }”.
lens-why-not-within = The name does not contain “{ $filter }”.
lens-why-not-whole = The whole name does not match “{ $filter }”.
lens-why-invalid = An invalid filter matches nothing.

rules-title = How filters match
rules-about = Without *, a filter matches every name that contains it. With *, it must match the whole name; * matches any run of characters, including none.
rules-filter = Filter
rules-yes = match
rules-no = –
rules-both = If two rules match one repository, CONTINUOUS_SCAN takes precedence over SCAN_ON_PUSH.
rules-link = Amazon ECR User Guide: filters for scanning

## Create repositories

repositories-now = Current repositories
repositories-now-about = Read from the account just now, and again while they are created.
repositories-reload = Read again
repositories-failed = The repositories could not be read
repository-ours = Created by this lab
repository-stood = Existed before
repository-about-prod = Holds images that go to production.
repository-about-sandbox = Where developers experiment. The same image goes here too.
repository-about-shared = Used by several teams. It stays empty in this lab.
repository-not-there = Not created yet
repository-none-yet = Its address, scan frequency and filter are shown here once it is created.
repository-address = Address (URI)
repository-copy = Copy the address of { $name }
repository-scanning = Scan frequency
repository-watched = Continuous
repository-unwatched = Not scanned
repository-filter = Filter that applies
repository-no-filter = No filter matches
repository-images = Images
repository-empty = Empty
repository-untagged = No tag

## Push the image

push-warning-title = Never run this image in production
push-warning = The lab's image has a vulnerability that allows remote code execution (Log4Shell). Push it to be scanned, and never run it as a container. The last step deletes it.
push-beginning = Searching for the image…
push-same-title = Both repositories contain the very same image
push-same = { $prod } and { $sandbox } show the same digest. The next step compares what each of them reports.
push-token = Token to log in to the registry
push-token-until = Valid until { $time }. The token itself is neither shown nor stored.
push-token-none = This app has not received a token yet.
push-digest-none = Not there yet
push-digest-copy = Copy the digest in { $name }
flow-title = Push progress
flow-pull = Pull
flow-tag = Tag
flow-login = Log in
flow-push = Push
flow-state-waiting = Waiting
flow-state-active = In progress
flow-state-done = Done
flow-state-stopped = Stopped
lane-pull = Pull
lane-push-first = First push
lane-push-again = Second push
lane-of = { $current } of { $total }
lane-pace = { $pace } per second
lane-left = about { $time } left
lane-looking = Checking the layers
lane-moved = { $total } moved
lane-moved-nothing = Nothing to send
lane-known = { $count } of { $all } layers already present
lane-took = took { $time }
lane-quick = The registry already has every layer: none was sent again.
lane-digest = Digest
lane-digest-pull = Digest in the source registry (of one platform's image, or of the list of all platforms)
lane-layer-waiting = Waiting
lane-layer-moving = Moving
lane-layer-unpacking = Unpacking
lane-layer-done = Done
lane-layer-exists = Already present
lane-layer-mounted = Reused
lane-layer-retrying = Retrying

## Clean up

cleanup-goes = Will be deleted
cleanup-returns = Will be restored
cleanup-stays = Will stay
cleanup-not-made = Named by the plan, but not made by this run
cleanup-not-made-about = Made by hand or by another user. It stays, unless you tick it here before you clean up. The command removes it in a terminal.
cleanup-unknown-origin = Named by the plan, of unknown origin
cleanup-unknown-origin-about = The record of the run is lost, so it is not known whether this run made it. It stays, unless you tick it here before you clean up. The command removes it in a terminal.
cleanup-not-made-remove = Remove { $name } too
cleanup-now = Now: { $what }
cleanup-then = Then: { $what }
cleanup-choice = Which scanning configuration stays?
cleanup-choice-restore = The one before the lab
cleanup-choice-keep = The present one
cleanup-chosen-restore = Chosen: the clean-up restores the scanning configuration that the registry had before the lab. Run this step.
cleanup-chosen-keep = Chosen: the clean-up keeps the present scanning configuration. Run this step.
cleanup-choice-failed = The choice could not be recorded
cleanup-none = None
cleanup-nothing-yet = This lab has not created anything yet.
cleanup-nothing-left = Nothing that this lab created is left.
receipt-title = Receipt
receipt-about = Based on what was read back after the clean-up.
receipt-restored = The scanning configuration is the same as before the lab
receipt-not-restored = The scanning configuration is not the same as before the lab. The reason is below.
receipt-deleted = Deleted
receipt-kept = Kept
receipt-kept-none = None. No repository or image from before the lab was touched.
resource-repository = Repository
resource-image = Image
resource-local-image = Local image
resource-scanning-configuration = Scanning configuration
resource-inspector-scanning = Inspector scanning
evidence-title = Evidence
evidence-about = One file with every step's checks, the findings, the comparison and the transcript of calls. It contains no credentials or other secrets.
evidence-save-html = Save HTML report
evidence-save-json = Save JSON
evidence-saved = Saved: { $path }
evidence-failed = Could not save
finish-title = The lab is complete
finish-lead = Well done. This is what you have seen for yourself:
finish-lesson-watched = A scanning filter selects repositories by name. Repositories that it does not match are not scanned.
finish-lesson-same = The same digest shows no vulnerabilities where it is not scanned. No findings does not mean safe.
finish-lesson-gone = Fixed means: replaced by a patched version, and scanned again. Check what remains, too.
finish-lesson-returned = A setting that affects a whole account is saved, changed, restored, and read back.
finish-lesson-ends = Watching ends by itself, 14 days after the last push by default. No longer watched does not mean clean.

## Watching ends

watching-title = Watching ends
watching-about = In practice mode only: move the practice clock forward, and see at once what takes days with AWS.
watching-why-results = Amazon Inspector watches an image only for its re-scan duration: by default 14 days after its last push, or after its last use in a cluster. There is no cluster here, so only the push counts. Then Inspector closes the findings, and its coverage says SCAN_ELIGIBILITY_EXPIRED. That means no longer watched, not clean: the image is the same.
watching-why-cleanup = What ends by itself is only the watching. 14 days after the last push Amazon Inspector closes an image's findings, but the image, its vulnerabilities and the cost of its storage stay until it is deleted. So clean up.
watching-advance = Advance { $days } { $days ->
    [one] day
   *[other] days
 }
watching-not-moved = The practice clock was not moved.
watching-forward-only = The clock moves forward only. To have an image scanned and watched again, push it again.
watching-failed = The practice clock could not be moved, or what changed could not be read
watching-images = What Amazon Inspector says of the images in { $name }
watching-no-images = Amazon Inspector lists no image in { $name }.
watching-watched = Watched
watching-unwatched = Not watched
evidence-open = Open the report

scanning-changes = Changes
scanning-filter = Which names the filter matches
