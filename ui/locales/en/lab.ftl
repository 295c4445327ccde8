# Words of the lab itself: the steps' checks, previews, commands and notes, and the problems that are the lab's own.

## Commands

command-identity = See whose account this is
command-scanning-now = See the registry's scanning configuration
command-scanning-put = Turn on enhanced scanning with the filter
command-scanning-restore = Put the earlier scanning configuration back
command-inspector-now = See whether Amazon Inspector scans ECR
command-inspector-disable = Turn Amazon Inspector's scanning of ECR off again
command-engine-version = See the image engine's version
command-repository-create = Create the repository { $name }
command-repository-delete = Delete the repository { $name } and the images in it
command-repositories-scanning = See how the repositories are scanned
command-image-pull = Pull the image for one platform
command-registry-login = Sign in to the registry
command-image-tag = Tag the image for { $name }
command-image-push = Push the image to { $name }
command-image-digest = See the image's digest in { $name }
command-image-delete = Delete the image from { $name }
command-findings-counts = See the scan's status and the findings by severity
command-findings-log4shell = Look for CVE-2021-44228 (Log4Shell)
command-findings-inspector = List the same findings from Amazon Inspector
command-findings-sandbox = Ask for the findings of the repository that is not scanned: there is no scan
command-findings-fixed = See the patched image's findings by severity
command-coverage-sandbox = See why Amazon Inspector does not scan this repository
command-local-remove = Remove the local image { $name }

## Previews

preview-scanning-configuration = Scanning configuration of the registry
preview-configuration = { $configuration }
preview-inspector = Amazon Inspector's scanning of ECR
preview-inspector-status = { $status }
preview-repository = Repository { $name }
preview-repository-new = Created, tagged imagelab:run={ $run }
preview-repository-stands = Exists: { $uri }
preview-image = Image { $repository }:{ $tag }
preview-image-before = { $digest }
preview-image-after = { $image } for { $platform }
preview-pushed-image = Image { $name }
preview-local-image = Local image { $name }

cost-scanning = The setting itself is free. In an AWS account, each image in a repository that the filter matches costs about US$0.09 for its first scan and US$0.01 for each automatic re-scan; see aws.amazon.com/inspector/pricing. The practice cloud costs nothing.
cost-repositories = Empty repositories are free.
cost-push = In an AWS account: about US$0.09 for the first scan of each image in the scanned repository, and about US$0.10 a month for each GB stored. The practice cloud costs nothing.
cost-results = Reading findings is free.

warning-whole-registry = A registry has one scanning configuration for the whole account and Region. It is saved first, and put back at clean-up.
warning-rules-replaced = The rules that stand now do not apply until clean-up: { $configuration }.
warning-kept-rule-matches = A kept rule ({ $filters }) also matches { $name }, so it will be scanned and the lesson's comparison fails.
warning-filter-matches-others = The filter { $filter } also matches { $count } of your other repositories, which will be scanned, and cost: { $names }
warning-others-unknown = It could not be read which of your other repositories the filter { $filter } matches.
warning-repository-stands = { $name } exists already. It will be used and not deleted.
warning-repository-missing = { $name } does not exist yet.
warning-tag-moves = { $repository } holds another image under the tag { $tag }. The tag moves to the lab's image, and back at clean-up.
warning-tag-immutable = { $repository } holds another image under the tag { $tag }, and that tag cannot be overwritten: the push will not be tried.
warning-configuration-changed = Somebody changed the scanning configuration after the lab did ({ $configuration }). It will be left as it is.
warning-no-undo = Deleted repositories and images cannot be brought back.

## Notes

note-preparing = Account and image engine
note-configuration-put = The scanning configuration is in place
note-configuration-restored = The earlier scanning configuration is back: { $configuration }
note-configuration-left = The scanning configuration was changed by somebody else and is left as it is: { $configuration }
note-inspector-status = Amazon Inspector's scanning of ECR: { $status }
note-inspector-disabled = Amazon Inspector's scanning of ECR was turned off again
note-repository-made = Repository { $name } is created
note-repository-stands = Repository { $name } existed already and is used
note-repository-deleted = Repository { $name } is deleted
note-pushed = { $repository } holds { $digest }
note-token-expired = The registry's token expired on the way; going on with a new one
note-scan-stable = The counts are stable: { $ecr } findings in ECR, { $inspector } in Amazon Inspector
note-no-details = Details of findings may not be read (inspector2:BatchGetFindingDetails); going on without
note-image-deleted = Image { $repository }:{ $tag } is deleted
note-local-removed = Local image { $reference } is removed

## Checks: prepare

check-cancelled = Stopped before it was looked at.
check-identity = AWS identity
check-identity-met = Account { $account }, as { $arn }
check-region = Region
check-region-met = Amazon ECR answers in { $region }
check-permissions = Permissions to read
check-permissions-met = All { $count } calls that read are permitted. Those that write cannot be tried beforehand.
check-permissions-not-met = Not permitted: { $actions }
check-permissions-hint = Have these actions allowed in an IAM policy of this user or role, then check again.
check-inspector-ready = Amazon Inspector
check-inspector-ready-enabled = Already scans ECR. The registry's configuration: { $configuration }
check-inspector-ready-later = Scanning of ECR is { $status }; the next step turns it on. The registry's configuration: { $configuration }
check-inspector-ready-suspended = Scanning of ECR is { $status }. The registry's configuration: { $configuration }
check-inspector-ready-hint = A suspended account can scan nothing. Look at the account's standing with AWS.
check-engine = Image engine
check-engine-met = Version { $version }, API { $api }, { $platform }, at { $host }
check-disk = Disk space
check-disk-met = { $free } MiB free in { $folder }
check-disk-tight = { $free } MiB free in { $folder }: enough for the practice images, but { $wanted } MiB is better for real ones
check-disk-not-met = Only { $free } MiB free in { $folder }; { $wanted } MiB is needed
check-disk-unread = The free space could not be read: { $error }
check-disk-hint = Free some disk space, or choose another folder.
check-source-registry = The image's registry
check-private-registry = The account's registry
check-registry-met = The image engine reaches { $registry }
check-registry-hint = Check the image engine's network and proxy settings, or choose the built-in engine. The registry is { $registry }.

## Checks: scanning

check-enhanced = Enhanced scanning
check-enhanced-detail = The scan type is { $type }; expected: { $wanted }
check-rule = The filter's rule
check-rule-detail = The registry's configuration: { $configuration }
check-inspector = Amazon Inspector scans ECR
check-inspector-detail = Its scanning of ECR is { $status }
hint-run-scanning = Run the step Configure scanning, or its commands.
hint-inspector-enabling = Turning it on takes a minute or two. Check again then.
hint-rule-missing = No rule with { $frequency } names the filter { $filter }. Run the step Configure scanning, or its commands.
hint-rule-on-push = The filter { $filter } stands in a SCAN_ON_PUSH rule. It belongs in one with { $frequency }.

## Checks: repositories

check-repository-exists = { $name } exists
check-repository-watched = { $name } is scanned continuously
check-repository-unwatched = { $name } is not scanned
check-repository-there = It is there
check-repository-missing = There is no repository { $name }
check-frequency = { $frequency }, by the filter { $filters }
check-frequency-no-filter = { $frequency }, with no filter
hint-run-repositories = Run the step Create repositories, or its commands.
hint-prod-unwatched = The registry's configuration needs a CONTINUOUS_SCAN rule whose filter { $filter } matches the name. Check the step Configure scanning.
hint-watched-by-others = Another rule or filter matches it too. Look at the registry's scanning configuration.

## Checks: push

check-image-there = { $repository } holds the tag { $tag }
check-image-found = { $digest }, { $size } MB
check-image-missing = { $repository } does not hold it
check-same-digest = Both repositories hold the same image
check-same-digest-met = In both it is { $digest }
check-digests = The scanned one holds { $prod }, the other { $sandbox }
check-single-image = It is an image for one platform
check-media-type = Its media type is { $media-type }
check-both-needed = Both images are needed for this
hint-run-push = Run the step Push the image, or its commands.
hint-digests-differ = Push the same local image to both repositories: pull once, tag twice, push twice.
hint-index = Amazon Inspector does not scan a list of images for several platforms. Pull with --platform { $platform }, tag and push again.

## Checks: results

check-prod-findings = { $name } has findings
check-findings-there = { $ecr } in ECR, { $inspector } in Amazon Inspector; the scan is { $status }
check-findings-none = The scan is { $status } and shows none ({ $ecr } in ECR, { $inspector } in Amazon Inspector)
check-scan-not-found = There is no scan of this image (ScanNotFoundException)
check-log4shell-ecr = Amazon ECR names CVE-2021-44228
check-log4shell-inspector = Amazon Inspector names CVE-2021-44228
check-log4shell-found = { $service } lists it among the image's findings
check-log4shell-absent = { $service } does not list it
check-counts-agree = Both services count the same
check-counts = { $ecr } in ECR, { $inspector } in Amazon Inspector
check-sandbox-same-image = { $name } holds the very same image
check-image-found-again = { $digest }
check-sandbox-no-scan = { $name } has no scan
check-sandbox-silent = ScanNotFoundException: nobody looked. That is not the same as having found nothing.
check-sandbox-scanned = It was scanned: { $status }, { $count } findings
check-sandbox-not-covered = Amazon Inspector does not cover { $name }
check-coverage = Its reason: { $reason }
check-coverage-none = Amazon Inspector does not list the image at all
hint-run-results = A scan takes a minute or two after the push. Run the step Read the results, and check again.
hint-counts-differ = One of the services lags behind. Check again in a few minutes.
hint-sandbox-watched = A rule of the registry matches this repository. Look at the scanning configuration.

## Checks: remediate

check-fixed-scanned = The patched image is scanned
check-fixed-scanned-met = The scan is { $status }: { $count } findings
check-fixed-not-scanned = Its scan is not complete yet
check-log4shell-gone = CVE-2021-44228 is gone
check-log4shell-gone-met = Neither service names it for the patched image
check-log4shell-still = It is among the patched image's findings
check-compared = The two images are compared
check-compared-met = Vulnerabilities by package: { $fixed } fixed, { $new } new, { $remaining } remaining
check-compared-not-met = They have not been compared yet
hint-run-remediate = Run the step Fix and compare.
hint-other-image = The image is not patched. Choose another one as the patched image.

## Checks: clean-up

check-repositories-gone = This run's repositories are gone
check-images-gone = This run's images are gone from other repositories
check-local-gone = This run's local images are gone
check-configuration-restored = The scanning configuration is as before
check-inspector-restored = Amazon Inspector is as before
check-kept = Kept, because it is not the lab's
check-gone = None left ({ $count } deleted)
check-left = Still there: { $names }
check-configuration-untouched = This run did not change it
check-configuration-restored-met = { $configuration }
check-configuration-changed = It is { $configuration }, which is neither what the lab put nor what was there before ({ $before })
check-configuration-not-met = It is { $configuration }; before the lab it was { $before }
check-kept-detail = { $names }
hint-run-cleanup = Run the step Clean up again.
hint-configuration-changed = Somebody changed it while the lab ran, so the lab left it. Compare the two, and set what you need.

kept-stood = It was there before this run.
kept-made-anew = It was created again by somebody else.
kept-image-stood = The same image was there before this run.
kept-tag-not-restored = The tag could not be given back: its earlier image is gone, or somebody moved it.
kept-local-stood = It was on this computer before this run.
kept-configuration-changed = Somebody changed it after the lab did. Now it is { $configuration }.
kept-inspector-on = It was off before the lab; it stays on because enhanced scanning is in use.
kept-left = It is this run's and still there. Run the clean-up again.

## Problems

problem-in-use = The lab's folder { $folder } is in use by another process.
problem-in-use-hint = Close the other window or command that uses it, or choose another folder.
problem-folder-unusable = The lab's folder { $folder } cannot be used.
problem-folder-unusable-hint = Check that it exists, that you may write to it, and that the disk is not full; or choose another folder.
problem-session-failed = What the lab remembers could not be read or written.
problem-session-failed-hint = Check that the disk is not full and that the folder is on a local disk, then try again.
problem-session-newer = The lab's folder was written by a newer version of this program.
problem-session-newer-hint = Use the newer version, or choose another folder.
problem-run-unfinished = The run { $run } is not cleaned up yet.
problem-run-unfinished-hint = Go on with it, clean it up, or abandon it. What it made stays if it is abandoned.
problem-nothing-to-resume = There is no run to go on with.
problem-nothing-to-resume-hint = Begin a new one.
problem-step-running = A step of this run is under way already.
problem-step-running-hint = Wait until it ends, or stop it.
problem-undo-impossible = Clean-up cannot be taken back.
problem-undo-impossible-hint = Begin a new run instead.
problem-other-mode = This run belongs to the other mode.
problem-other-mode-hint = Choose the mode that the run was begun in, or clean it up there first.
problem-other-account = These credentials are of account { $account }; this run belongs to { $expected }.
problem-other-account-hint = Choose the profile that the run was begun with.
problem-other-region = The Region is { $region }; this run belongs to { $expected }.
problem-other-region-hint = Choose the Region that the run was begun in.
problem-plan-repository = { $name } cannot be the name of a repository.
problem-plan-repository-hint = Use 2 to 256 lowercase letters and digits, joined by single . _ / or by -.
problem-plan-same-names = Two of the three repositories have the same name.
problem-plan-same-names-hint = Give each a name of its own.
problem-plan-filter = { $filter } cannot be a scanning filter.
problem-plan-filter-hint = Use lowercase letters, digits, * . _ - and /, and begin and end with a letter, a digit or *.
problem-plan-filter-misses = The filter { $filter } does not match { $name }.
problem-plan-filter-misses-hint = Without * a filter matches any name that contains it; with * the whole name must fit.
problem-plan-filter-catches = The filter { $filter } also matches { $name }, which is not to be scanned.
problem-plan-filter-catches-hint = Choose a narrower filter, or another name.
problem-plan-image = { $image } is no reference of an image.
problem-plan-image-hint = Write it as host/path:tag, such as public.ecr.aws/docker/library/neo4j:4.4.0.
problem-plan-tag = { $tag } cannot be a tag.
problem-plan-tag-hint = Use up to 128 letters, digits, _ . and -, and do not begin with . or -.
problem-plan-same-tags = Both images would get the tag { $tag }.
problem-plan-same-tags-hint = Give the patched image a tag of its own.
problem-plan-platform = { $platform } is no platform.
problem-plan-platform-hint = Write it as os/architecture, such as linux/amd64.
problem-too-many-filters = With the lab's filter a rule would have { $filters } filters; ECR allows { $most }.
problem-too-many-filters-hint = Remove a filter from the registry's configuration, or let the lab replace its rules until clean-up.
problem-inspector-not-enabled = Amazon Inspector's scanning of ECR did not turn on in time; it is { $status }.
problem-inspector-not-enabled-hint = Run the step again in a few minutes. In an organization, the delegated administrator may have to turn it on.
problem-inspector-not-disabled = Amazon Inspector's scanning of ECR did not turn off in time; it is { $status }.
problem-inspector-not-disabled-hint = Run the clean-up again in a few minutes.
problem-inspector-refused = Amazon Inspector refused { $action } ({ $code }).
problem-inspector-refused-hint = The details say why, in AWS's words. If something is in progress, try again in a few minutes.
problem-repository-missing-again = { $name } was there when it was to be created, and was gone a moment later.
problem-repository-missing-again-hint = Somebody else works on it, or ECR needs a moment. Run the step again.
problem-repository-not-made = There is no repository { $name } to push to.
problem-repository-not-made-hint = Run the step Create repositories first.
problem-tag-stands = { $repository } holds another image under the tag { $tag }, and its tags cannot be overwritten.
problem-tag-stands-hint = Choose another tag or another repository in the plan, or allow overwriting in the repository's settings (image tag mutability). Nothing was pushed.
problem-image-not-there = { $repository } does not show the image that was pushed.
problem-image-not-there-hint = Run the step again in a minute. If it stays so, somebody may have deleted it.
problem-image-not-pushed = { $repository } holds no image under the tag { $tag }.
problem-image-not-pushed-hint = Run the step Push the image first.
problem-image-not-deleted = An image in { $repository } could not be deleted.
problem-image-not-deleted-hint = The details say why, in AWS's words. When it is put right, run the clean-up again.
problem-index-pushed = { $repository } holds a list of images for several platforms ({ $media-type }) at { $digest }, which Amazon Inspector does not scan.
problem-index-pushed-hint = Remove the local image, pull it for one platform (docker pull --platform linux/amd64) and push again; or choose the built-in engine.
problem-prod-not-watched = No scanning rule matches { $name }, so there is no scan to wait for.
problem-prod-not-watched-hint = Run the step Configure scanning first.
problem-scan-stopped = The scan in { $repository } will have no findings. ECR says { $status }, Amazon Inspector says { $coverage }.
problem-scan-stopped-hint = Often the image's operating system or format is not supported, or the image is too old to be scanned again. Push another image, or the same one again.
problem-scan-given-up = The scan in { $repository } was not complete after { $seconds } seconds. ECR says { $status }, with { $found } findings so far.
problem-scan-given-up-hint = It may still come. Run the step again later; nothing is lost.
problem-same-image = { $image } is the very image that was pushed as the vulnerable one.
problem-same-image-hint = Choose a patched version as the second image.
