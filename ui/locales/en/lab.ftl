# Texts of the lab itself: the steps' checks, previews, commands and notes, and the lab's own problems.

## Commands

command-identity = Show the identity and the account
command-scanning-now = Show the registry's scanning configuration
command-scanning-put = Turn on enhanced scanning with the filter
command-scanning-restore = Restore the previous scanning configuration
command-inspector-now = Show whether Amazon Inspector scans ECR
command-inspector-disable = Turn Amazon Inspector's scanning of ECR off again
command-inspector-filters = List the filters that are deleted if ECR is the last thing that Amazon Inspector scans
command-engine-version = Show the image engine's version
command-repository-create = Create the repository { $name }
command-repository-delete = Delete the repository { $name }, if it is empty
command-repositories-scanning = Show how the repositories are scanned
command-image-pull = Pull the image for one platform
command-registry-login = Sign in to the registry
command-image-tag = Tag the image for { $name }
command-image-push = Push the image to { $name }
command-layer-sharing = Let the second push reuse the layers of the first
command-layer-sharing-restore = Put the setting for reusing layers back
command-layer-sharing-now = Show whether repositories reuse each other's layers now
command-layer-sharing-restore-by-hand = If you turned the reuse of layers on, and it was off before, turn it off again
command-image-digest = Show the image's digest in { $name }
command-image-delete = Remove this run's image from { $name }
command-tag-restore = Put the tag { $name } back to the image that had it before
command-findings-counts = Show the scan's status and the findings by severity
command-findings-log4shell = Look for CVE-2021-44228 (Log4Shell)
command-findings-inspector = List the same findings from Amazon Inspector
command-findings-sandbox = Request the findings of the repository that is not scanned: there is no scan
command-findings-fixed = Show the patched image's findings by severity
command-coverage-sandbox = Show why Amazon Inspector does not scan this repository
command-local-remove = Remove the local image { $name }

## Previews

preview-scanning-configuration = Scanning configuration of the registry
preview-configuration = { $configuration }
preview-inspector = Amazon Inspector's scanning of ECR
preview-inspector-status = { $status }
preview-inspector-filter = Amazon Inspector's filter { $name }
preview-record = Created in this step already, because its tags record what the registry was before
preview-record-alone = Created because all three repositories are there already: its tags record what the registry was before. It stays empty, and clean-up deletes it
preview-repository = Repository { $name }
preview-repository-new = Created, tagged imagelab:run={ $run }
preview-repository-stands = Exists: { $uri }
preview-image = Image { $repository }:{ $tag }
preview-image-before = { $digest }
preview-layer-sharing = The account's setting BLOB_MOUNTING (reusing layers of another repository)
preview-layer-sharing-value = { $value }
preview-image-after = { $image } for { $platform }
preview-pushed-image = Image { $name }
preview-local-image = Local image { $name }

cost-scanning = The setting itself is free. In an AWS account, each image in a repository that the filter matches costs about US$0.09 for its first scan and US$0.01 for each automatic re-scan; see aws.amazon.com/inspector/pricing. The practice cloud costs nothing.
cost-repositories = Empty repositories are free.
cost-push = In an AWS account: about US$0.09 for the first scan of each image in the scanned repository, and about US$0.10 a month for each GB stored. The practice cloud costs nothing.
cost-results = Reading findings is free.

note-whole-registry = A registry has one scanning configuration for the whole account and Region. It is saved first, and restored at clean-up.
warning-rules-replaced = Dangerous: the existing rules are dropped until clean-up ({ $configuration }). Repositories that no rule matches any more lose scanning, and findings that close meanwhile may not come back.
warning-no-rules = The registry has enhanced scanning without rules. What such a registry scans could not be read. With the lab's rule, only what the rule matches is scanned until clean-up; then the registry has no rules again.
warning-other-runs = Other runs of this lab use the registry: { $runs }. What it was before them is taken from their record, and the last run that is cleaned up restores it. Their rules are kept.
warning-other-runs-unknown = Whether other runs of this lab use the registry could not be read (permissions ecr:DescribeRepositories and ecr:ListTagsForResource on all repositories). Clean-up restores what this run found, also where another run still uses it.
warning-kept-rules-cost = The kept rules match { $count } of your other repositories. Enhanced scanning of them costs money, where basic scanning did not: { $names }
warning-repositories-dropped = { $count } of your other repositories lose scanning until clean-up: { $names }
warning-findings-go = Clean-up turns Amazon Inspector's scanning of ECR off again. Its findings can no longer be read then, and are deleted 24 hours later (3 days after an image is gone). That cannot be undone.
warning-inspector-settings-go = If ECR is the last thing that Amazon Inspector scans in the account then, its filters, suppression rules and settings are deleted too. That cannot be undone.
warning-kept-rule-matches = A kept rule ({ $filters }) also matches { $name }, so it will be scanned and the lesson's comparison fails.
warning-filter-matches-others = The filter { $filter } also matches { $count } of your other repositories, which will be scanned at a cost: { $names }
warning-others-unknown = The lab could not read which of your other repositories the filter { $filter } matches.
warning-repository-stands = { $name } already exists. It will be used and not deleted.
warning-repository-missing = { $name } does not exist yet.
warning-tag-refused = { $repository } has another image with the tag { $tag }. The lab does not move it: the push will be refused. Choose another tag or other repository names, or allow the move until clean-up.
warning-tag-moves = { $repository } has another image with the tag { $tag }. That image gets the tag { $saved } first, then { $tag } moves to the lab's vulnerable image: until clean-up, whatever uses { $tag } gets that one. Clean-up puts { $tag } back.
warning-tag-immutable = { $repository } has another image with the tag { $tag }, and that tag is immutable: the push will be refused.
warning-tag-archived = { $repository }:{ $tag } has another image, and that image is archived: no other tag can keep it, so the push will be refused.
warning-configuration-changed = Another user changed the scanning configuration after the lab did: before the lab it was { $before }, now it is { $configuration }. Only the lab's own filter is removed.
warning-configuration-shared = Other runs of this lab use the registry: { $runs }. Only this run's filter is removed, unless another run has the same; the last run that is cleaned up restores the former configuration ({ $before }).
warning-configuration-conflict = Another user changed the scanning configuration while the lab was running: it is { $configuration }, and before the lab it was { $before }. The lab's filter is removed; the rest is left until you choose which one stays.
warning-filters-would-go = Amazon Inspector has filters that this run did not make ({ $count }): { $filters }. ECR is the last thing that it scans, so turning its scanning off, as it was before the lab, would delete them. It stays on until you choose.
warning-filters-go = With Amazon Inspector's scanning of ECR, as you have chosen, filters go that this run did not make ({ $count }): { $filters }
warning-former-unknown = The former configuration is not known: another run of this lab had changed it already, and left no record. Only this run's filter is removed from the present one: { $configuration }.
warning-no-undo = Deleted repositories and images cannot be recovered. Images that this run did not push are never deleted.

## Notes

note-preparing = Account and image engine
note-configuration-put = The scanning configuration is { $configuration }
note-configuration-restored = The previous scanning configuration is restored: { $configuration }
note-configuration-left = What another user changed in the scanning configuration is kept. It is { $configuration }
note-filter-removed = The lab's filter is removed. The scanning configuration is { $configuration }
note-configuration-shared = Other runs of this lab still use the scanning configuration ({ $configuration }): { $runs }. The last one restores it
note-configuration-conflict = Another user changed the scanning configuration. It is left until you choose: { $configuration }
note-filters-stay = Amazon Inspector's scanning of ECR stays on until you choose, because turning it off would delete filters that this run did not make: { $filters }
note-former-unknown = The former configuration is not known. The scanning configuration is { $configuration }
note-record-written = What the registry was before is recorded in the tags of { $name }
note-inspector-status = Amazon Inspector's scanning of ECR: { $status }
note-repository-made = Repository { $name } is created
note-repository-stands = Repository { $name } already existed and is used
note-repository-deleted = Repository { $name } is deleted
note-repository-left = Repository { $name } is not deleted yet: it still holds { $count } images of this run
note-repository-kept = Repository { $name } is kept: it holds { $count } images that this run did not make
note-pushed = { $repository } holds { $digest }
note-layer-sharing-on = Turned BLOB_MOUNTING on: the second push reuses the layers of the first
note-layer-sharing-back = Put BLOB_MOUNTING back to { $value }
note-token-expired = The registry token expired during the transfer; continuing with a new one
note-scan-stable = The counts are stable: { $ecr } findings in ECR, { $inspector } in Amazon Inspector
note-no-details = Details of findings cannot be read (no permission for inspector2:BatchGetFindingDetails); continuing without them
note-image-deleted = Image { $repository }:{ $tag } is deleted
note-tag-restored = The tag { $repository }:{ $tag } is back at the image that had it before
note-local-removed = Local image { $reference } is removed
note-chosen-kept = { $name } was chosen, and is not removed: it still holds images, or an image index refers to it
note-tag-displaced = While the lab pushed { $repository }:{ $tag }, another image came into the repository, { $digest }, which has no tag now: it may have lost this tag to the lab
note-pushes-unrecorded = The repository { $name } has no room for more tags, so what the lab pushes is recorded on this computer only. If this record is lost, clean-up keeps these images, because it is not known who made them
note-chosen-removed = { $name }, which this run did not make, is removed as chosen

## Checks: prepare

check-cancelled = Stopped before it was checked.
check-identity = AWS identity
check-identity-met = Account { $account }, as { $arn }
check-region = Region
check-region-met = Amazon ECR responds in { $region }
check-permissions = Permissions to read
check-permissions-met = All { $count } read calls are allowed. Write permissions cannot be verified in advance.
check-permissions-known = Reading shows that { $proven } permissions are allowed. According to IAM's policy simulation, { $expected } are probably allowed; { $unknown } are unknown until used.
check-permissions-doubtful = Reading shows that { $proven } permissions are allowed; { $unknown } are unknown until used. According to IAM's policy simulation, which does not know the policies of the registry and of the session, these are probably denied: { $actions }
check-permissions-not-met = Denied: { $actions }
check-permissions-hint = Ask for these actions to be allowed in an IAM policy of this user or role, then check again.
check-tags-free = Tags of others
check-tags-free-met = No tag that the lab will push has another image, or moving it is allowed
check-tags-free-not-met = Another image has the tag: { $names }
check-tags-free-immutable = Another image has the tag: { $names }. Tags are immutable there, so that the push would be refused: { $immutable }
check-tags-free-immutable-hint = Choose another tag or other repository names in the plan. Moving the tag (--move-tags) is not possible where tags are immutable. Step 2 is refused until then, before it changes anything.
check-tags-free-archived = Another image has the tag: { $names }. Archived, so that no other tag can keep the image: { $archived }
check-tags-free-hint = Choose another tag or other repository names in the plan. If nothing uses the tag meanwhile, it can be moved until clean-up (--move-tags), unless the repository's tags are immutable.
check-encryption = Encryption of existing repositories
check-encryption-none = No repository that images will be pushed to exists with a KMS key
check-encryption-kms = A KMS key encrypts: { $names }. The push and Inspector's scan also depend on that key: whether it is enabled, and on the permissions that its policy gives. Unknown until they are tried
check-inspector-ready = Amazon Inspector
check-inspector-ready-enabled = Already scans ECR. The registry's configuration: { $configuration }
check-inspector-ready-later = Scanning of ECR is { $status }; the next step turns it on. The registry's configuration: { $configuration }
check-inspector-ready-suspended = Scanning of ECR is { $status }. The registry's configuration: { $configuration }
check-inspector-ready-hint = A suspended account cannot scan anything. Check the account's status with AWS.
check-engine = Image engine
check-engine-met = Version { $version }, API { $api }, { $platform }, at { $host }
check-disk = Disk space
check-disk-met = { $free } MiB free in { $folder }; the images need { $wanted } MiB
check-disk-tight = { $free } MiB free in { $folder }: enough for the practice images, but { $wanted } MiB is recommended for real ones
check-disk-not-met = Only { $free } MiB free in { $folder }; { $wanted } MiB is needed
check-disk-unread = The free space could not be read: { $error }
check-disk-hint = Free some disk space, or choose another folder.
check-source-registry = The image's registry
check-private-registry = The account's registry
check-registry-met = The image engine reaches { $registry }
check-registry-hint = Check the image engine's network and proxy settings, or choose the built-in engine. The registry is { $registry }.
check-network = The way to AWS
check-network-met = { $endpoint ->
    [none] AWS's own endpoints
   *[other] Endpoint { $endpoint }, not AWS
}; { $proxy ->
    [none] no proxy
   *[other] proxy { $proxy }{ $no-proxy ->
        [none] { " " }for all hosts
       *[other] , except for { $no-proxy }
    }
}; { $bundle ->
    [none] the system's certificates
   *[other] the certificates in { $bundle }
}; FIPS { $fips }, dual stack { $dual-stack }.
check-engine-network = The image engine's way to registries
check-engine-network-builtin = The built-in engine uses this program's proxy and certificates.
check-engine-network-docker = Docker uses its own settings: { $proxy ->
    [none] no proxy
   *[other] proxy { $proxy }{ $no-proxy ->
        [none] { " " }for all hosts
       *[other] , except for { $no-proxy }
    }
}.
check-engine-network-hint = { $proxy ->
    [none] This program uses no proxy.
   *[other] This program uses { $proxy }.
} If Docker does not reach a registry, set the proxy in Docker's settings, or choose the built-in engine.

## Checks: scanning

check-enhanced = Enhanced scanning
check-enhanced-detail = The scan type is { $type }; expected: { $wanted }
check-rule = The filter's rule
check-rule-detail = The registry's configuration: { $configuration }
check-inspector = Amazon Inspector scans ECR
check-inspector-detail = Its scanning of ECR is { $status }
hint-run-scanning = Run the step Configure scanning, or its commands.
hint-inspector-enabling = Turning it on takes a minute or two. Check again then.
hint-rule-missing = No { $frequency } rule has the filter { $filter }. Run the step Configure scanning, or its commands.
hint-rule-on-push = The filter { $filter } is in a SCAN_ON_PUSH rule. It belongs in a { $frequency } rule.

## Checks: repositories

check-repository-exists = { $name } exists
check-repository-watched = { $name } is scanned continuously
check-repository-unwatched = { $name } is not scanned
check-repository-there = It exists
check-repository-missing = There is no repository { $name }
check-frequency = { $frequency }, by the filter { $filters }
check-frequency-no-filter = { $frequency }, with no filter
hint-run-repositories = Run the step Create repositories, or its commands.
hint-prod-unwatched = The registry's configuration needs a CONTINUOUS_SCAN rule whose filter { $filter } matches the name. Check the step Configure scanning.
hint-watched-by-others = Another rule or filter matches it too. Check the registry's scanning configuration.

## Checks: push

check-image-there = { $repository } has the tag { $tag }
check-image-found = { $digest }, { $size } MB
check-image-stored = { $digest }, { $size }
check-image-missing = { $repository } does not have it
check-same-digest = Both repositories contain the same image
check-same-digest-met = The digest is { $digest } in both
check-digests = The scanned one has { $prod }, the other { $sandbox }
check-single-image = It is an image for one platform
check-media-type = Its media type is { $media-type }
check-both-needed = Both images are required for this
hint-run-push = Run the step Push the image, or its commands.
hint-digests-differ = Push the same local image to both repositories: pull once, tag twice, push twice.
hint-index = Amazon Inspector does not scan a list of images for several platforms. Pull with --platform { $platform }, tag and push again.

## Checks: results

check-prod-findings = { $name } has findings
check-findings-there = { $ecr } findings in ECR, { $inspector } in Amazon Inspector; the scan is { $status }
check-findings-none = The scan is { $status } and has none ({ $ecr } in ECR, { $inspector } in Amazon Inspector)
check-scan-not-found = There is no scan of this image (ScanNotFoundException)
check-scanning-off = Scanning is off: no rule of the scanning configuration matches { $name }
check-inspector-off = Scanning is off: Amazon Inspector's scanning of ECR is { $status }
check-scan-not-complete = The scan is { $status } and not complete yet
check-no-longer-watched = Amazon Inspector no longer watches the image ({ $status }): its findings are closed, and its vulnerabilities are still there
check-nothing-to-compare = Neither service has findings to compare yet
check-log4shell-ecr = Amazon ECR reports CVE-2021-44228
check-log4shell-inspector = Amazon Inspector reports CVE-2021-44228
check-log4shell-found = { $service } lists it among the image's findings
check-log4shell-absent = { $service } does not list it
check-counts-agree = Both services report the same count
check-counts = { $ecr } findings in ECR, { $inspector } in Amazon Inspector
check-counts-suppressed = { $ecr } findings in ECR, { $inspector } in Amazon Inspector, which does not count the { $suppressed } that filters of the account suppress
check-sandbox-same-image = { $name } contains the very same image
check-image-found-again = { $digest }
check-sandbox-no-scan = { $name } has no scan
check-sandbox-silent = ScanNotFoundException: the image was not scanned. That is not the same as having no findings.
check-sandbox-scanned = It was scanned: { $status }, { $count } findings
check-sandbox-not-covered = Amazon Inspector does not cover { $name }
check-coverage = Its reason: { $reason }
check-coverage-none = Amazon Inspector does not list the image at all
hint-run-results = A scan takes a minute or two after the push. Run the step Read the results, and check again.
hint-no-longer-watched = Push the image again: then it is scanned again, and watched for the re-scan duration, 14 days by default.
hint-counts-differ = One of the services lags behind. Check again in a few minutes.
hint-sandbox-watched = A rule of the registry matches this repository. Check the scanning configuration.

## Checks: remediate

check-fixed-scanned = The patched image is scanned
check-fixed-scan-status = The scan is { $status }: the image was not scanned successfully
check-fixed-scanned-met = The scan is { $status }: { $count } findings
check-fixed-not-scanned = Its scan is not complete yet
check-log4shell-not-assessed = It is not found, and the scan did not assess everything: { $description }
check-log4shell-gone = CVE-2021-44228 is gone
check-log4shell-gone-met = Neither service reports it for the patched image
check-log4shell-still = It is among the patched image's findings
check-compared = The two images are compared
check-compared-met = Vulnerabilities by package: { $fixed } fixed, { $new } new, { $remaining } remaining
check-compared-vulnerabilities = Vulnerabilities: { $fixed } fixed, { $new } new, { $remaining } remaining
check-compared-not-assessed = Vulnerabilities: { $fixed } no longer found, { $new } new, { $remaining } remaining. The scan of the patched image did not assess all of it
check-compared-not-met = They have not been compared yet
hint-run-remediate = Run the step Fix and compare.
hint-other-image = The image is not patched. Choose another one as the patched image.

## Checks: clean-up

check-repositories-gone = This run's repositories are gone, or kept for the images of others
check-images-gone = This run's images are gone from the repositories
check-local-gone = This run's local images are gone
check-configuration-restored = The scanning configuration is as before
check-inspector-restored = Amazon Inspector is as before
check-kept = Kept, because it is not the lab's
check-kept-unknown = Kept: it is not known who made it
check-gone = None left ({ $count } deleted)
check-not-made-kept = Kept: { $count } not made by this run ({ $deleted } deleted)
check-unknown-origin-kept = Kept: { $unknown } of unknown origin, { $count } not made by this run ({ $deleted } deleted)
check-chosen-removed = What was chosen by name is removed
check-displaced-settled = No image of others has lost its tag
check-tag-displaced = No image of others has lost the tag { $repository }:{ $tag }
check-tag-displaced-not-met = The image { $digest } of another user came during the push, and has no tag now
check-left = Still there: { $names }
check-undecided = Kept until a person decides: { $names }
check-repositories-kept = Kept, because of images that this run did not make: { $names } (repositories: { $count })
check-tags-restored = Moved tags are back at the images that had them before
check-tags-restored-met = Read back: { $names }
check-layer-sharing = The setting for reusing layers is as it was before
check-layer-sharing-detail = BLOB_MOUNTING is { $value }; before it was { $before }
check-tags-not-restored = Not back at the image that had it before: { $names }
hint-tag-not-restored = Another user moved { $name }, or its former image is gone, so the lab left it unchanged. If the former image is still there, it has the tag { $saved }; decide which image gets the tag, and set it.
check-configuration-untouched = This run did not change it
check-configuration-restored-met = { $configuration }
check-configuration-no-rules = Rules: none, as before. What such a registry scans could not be read
check-filter-gone = Nothing of this run is left in the scanning configuration
check-configuration-shared = It is { $configuration }; other runs of this lab use it ({ $runs }), and the last one restores it ({ $before })
check-configuration-merged = It is { $configuration }; before the lab it was { $before }. The difference is another user's
check-configuration-kept = It stays { $configuration }, as you have chosen; before the lab it was { $before }
check-former-unknown = The former configuration is not known. It is { $configuration }
check-inspector-left = Amazon Inspector is left as it is
check-inspector-before = Its scanning of ECR is { $status }; before the lab it was { $before }
check-inspector-on-again = Its scanning of ECR is { $status }; it was turned on again after the clean-up
check-inspector-shared = Its scanning of ECR is { $status }; other runs of this lab use it ({ $runs }), and the last one restores it ({ $before })
check-inspector-unknown = Its scanning of ECR is { $status }; what it was before is not known
check-configuration-changed = Another user changed it while the lab was running: it is { $configuration }, and before the lab it was { $before }
check-filters-would-go = Left until you choose: with Amazon Inspector's scanning of ECR, filters that this run did not make would be deleted: { $filters }
check-configuration-not-met = It is { $configuration }; before the lab it was { $before }
check-kept-detail = { $names }
hint-unknown-origin = The record of this run is lost, so the lab removes only what is proven to be its own. Decide what becomes of the rest; the list of what was kept has the commands. Then clean up again.
hint-chosen-kept = Nothing is removed by force. Remove what { $name } holds, or what refers to it, and run the step Clean up again.
hint-scan-gaps = The scan did not assess everything: { $description }
hint-not-assessed = What was not assessed may contain it. Choose an image that the scanner can assess as a whole.
hint-tag-displaced = Ask who pushed it. To give it the tag back: { $command }
hint-displaced-kept = Ask who pushed { $name }, and give it a tag again.
hint-run-cleanup = Run the step Clean up again.
hint-configuration-changed = The lab's filter is removed; the rest may be in use. Choose in this step which configuration stays, or with `imagelab cleanup --configuration restore` (the one before the lab) or `imagelab cleanup --configuration keep` (the present one).
hint-filters-would-go = Ask whose filters these are. Then choose in this step: the configuration before the lab, with which the filters are deleted (`imagelab cleanup --configuration restore`), or the present one, with which Amazon Inspector keeps scanning (`imagelab cleanup --configuration keep`).
hint-former-unknown = Another run of this lab had changed it before this one, and its record is missing. Compare the registry with what your team expects, then keep it with `imagelab cleanup --configuration keep`.

kept-stood = It existed before this run.
kept-made-anew = It was created again by another user.
kept-image-stood = The same image existed before this run.
kept-holds-images = It holds { $count } images that this run did not make.
kept-holds-unknown = It holds { $count } images, of some of which it is not known who made them.
kept-record = It keeps the record of what the scanning configuration was before the lab, until you choose which one stays.
kept-unknown-image = It is not known who made it: the record of the run is lost, and its repositories do not name the image { $digest }. If it is the lab's, remove it: { $command }
kept-unknown-tag = A run of the lab gave this tag to another user's image ({ $digest }) when it moved that image's own tag. Which tag that was is not known. Give it back, then remove this one.
kept-referenced = Another user's image index lists it.
kept-saved-tag = It is the only tag of an image that this run did not make; removing it would delete the image.
kept-tag-not-put-back = This run moved the tag from { $digest }, and it is not back yet. Run the clean-up again.
kept-tag-restored = The tag is back at the image that had it before ({ $digest }); { $saved } is removed.
kept-tag-moved-since = Another user moved the tag during the run; it was not put back to { $digest }, which has the tag { $saved }.
kept-tag-not-restored = The tag could not be put back: the image that had it before ({ $digest }) is gone.
kept-local-stood = It was on this computer before this run.
kept-local-moved = Another user of the image engine gave this name to another image.
kept-local-unknown = Whether this run or another user of the image engine gave this name is not known: this run was interrupted while it pulled the image. To remove it: { $command }
kept-chosen-holds = Kept although it was chosen: { $name } holds { $count } images.
kept-chosen-referenced = Kept although it was chosen: an image index refers to { $name }.
kept-chosen-there = Kept although it was chosen: { $name } is still there.
kept-displaced = It came while this run pushed the tag { $tag }, and has no tag now. To give it that tag: { $command }
kept-not-made = This run did not make it. To remove it: { $command }
kept-unknown-origin = Unknown origin: the record of the run is lost, so it is not known whether this run made it. If it did, remove it: { $command }
kept-configuration-changed = Another user changed it while the lab was running. It is { $configuration }; before the lab it was { $before }. Choose which one stays: `imagelab cleanup --configuration restore` or `imagelab cleanup --configuration keep`.
kept-for-filters = It is { $configuration }; before the lab it was { $before }. Restoring it turns Amazon Inspector's scanning of ECR off, which would delete filters of others. Choose: `imagelab cleanup --configuration restore` or `imagelab cleanup --configuration keep`.
kept-inspector-filters = It was off before the lab. Turning it off would delete filters that this run did not make ({ $count }): { $filters }. Choose: `imagelab cleanup --configuration restore` deletes them, `imagelab cleanup --configuration keep` leaves it on.
kept-no-rules = Rules: none, as before. What such a registry scans could not be read.
kept-for-other-runs = Other runs of this lab use it: { $runs }. The last one that is cleaned up restores it.
kept-changed-by-others = Another user changed it: before the lab it was { $before }, now it is { $configuration }. Nothing of this run is left in it.
kept-by-choice = You have chosen to keep it: { $configuration }. Before the lab it was { $before }.
kept-former-unknown = The former configuration is not known: another run of this lab had changed it before this one, and left no record. Now it is { $configuration }. Keep it with `imagelab cleanup --configuration keep`.
kept-inspector-on = It was off before the lab; it stays on because the present scanning configuration may need it.
kept-left = This run created it, and it still exists. Run the clean-up again.

## Problems

problem-in-use = The lab's folder { $folder } is in use by another process.
problem-in-use-hint = Close the other window or command that uses it, or choose another folder.
problem-folder-unusable = The lab's folder { $folder } cannot be used.
problem-folder-unusable-hint = Check that it exists, that you may write to it, and that the disk is not full; or choose another folder.
problem-cancelled = It was stopped before it had ended.
problem-cancelled-hint = Run it again: it continues from there.
problem-findings-store = The stored findings could not be read or written.
problem-findings-store-hint = Try again. If it fails again, check that the disk is not full and that the folder is on a local disk.
problem-unknown = A problem that this version of the program does not know.
problem-unknown-hint = Use the version that reported it, or run the step again.
problem-consent-needed = This would change something that you have not agreed to yet. Nothing was changed.
problem-consent-needed-hint = Look through the changes, then run the step again and agree to them.
problem-session-failed = The lab's database could not be read or written.
problem-session-failed-hint = Check that the disk is not full and that the folder is on a local disk, then try again.
problem-session-newer = The lab's folder was written by a newer version of this program.
problem-session-newer-hint = Use the newer version, or choose another folder.
problem-run-unfinished = The run { $run } is not cleaned up yet.
problem-run-unfinished-hint = Continue it, clean it up, or abandon it. If it is abandoned, what it created is kept.
problem-nothing-to-resume = There is no run to continue.
problem-nothing-to-resume-hint = Start a new one.
problem-step-running = A step of this run is already running.
problem-step-running-hint = Wait until it finishes, or stop it.
problem-undo-impossible = Clean-up cannot be undone.
problem-undo-impossible-hint = Start a new run instead.
problem-other-mode = This run belongs to the other mode.
problem-other-mode-hint = Choose the mode that the run was started in, or clean it up there first.
problem-other-account = These credentials belong to account { $account }; this run belongs to { $expected }.
problem-other-account-hint = Choose the profile that the run was started with.
problem-other-region = The Region is { $region }; this run belongs to { $expected }.
problem-other-region-hint = Choose the Region that the run was started in.
problem-plan-repository = { $name } is not a valid repository name.
problem-plan-repository-hint = Use 2 to 256 lowercase letters and digits, joined by single . _ / or by -.
problem-plan-repository-long = { $name } has { $length } characters. Images can be pushed to a repository whose name has at most { $most }.
problem-plan-repository-long-hint = Choose a shorter name or prefix. With the registry's host, image engines accept 255 characters.
problem-plan-same-names = Two of the three repositories have the same name.
problem-plan-same-names-hint = Give each a different name.
problem-plan-filter = { $filter } is not a valid scanning filter.
problem-plan-filter-hint = Use lowercase letters, digits, * . _ - and /, and begin and end with a letter, a digit or *.
problem-plan-filter-misses = The filter { $filter } does not match { $name }.
problem-plan-filter-misses-hint = Without * a filter matches any name that contains it; with * it must match the whole name.
problem-plan-filter-catches = The filter { $filter } also matches { $name }, which must not be scanned.
problem-plan-filter-catches-hint = Choose a narrower filter, or another name.
problem-plan-image = { $image } is not a valid image reference.
problem-plan-image-hint = Write it as host/path:tag, such as public.ecr.aws/docker/library/neo4j:4.4.0.
problem-plan-tag = { $tag } is not a valid tag.
problem-plan-tag-hint = Use up to 128 letters, digits, _ . and -, and do not begin with . or -.
problem-plan-same-tags = Both images would get the tag { $tag }.
problem-plan-same-tags-hint = Give the patched image a different tag.
problem-plan-platform = { $platform } is not a valid platform.
problem-plan-platform-hint = Write it as os/architecture, such as linux/amd64.
problem-too-many-filters = With the lab's filter a rule would have { $filters } filters; ECR allows { $most }.
problem-too-many-filters-hint = Remove a filter from the registry's configuration, or let the lab replace its rules until clean-up.
problem-too-many-rules = With the lab's rule the registry would have { $rules } rules; ECR allows { $most }.
problem-too-many-rules-hint = Remove a rule from the registry's configuration, or let the lab replace its rules until clean-up.
problem-inspector-not-enabled = Amazon Inspector's scanning of ECR was not enabled in time; it is { $status }.
problem-inspector-not-enabled-hint = Run the step again in a few minutes. In an organization, the delegated administrator may have to enable it.
problem-inspector-not-disabled = Amazon Inspector's scanning of ECR was not disabled in time; it is { $status }.
problem-inspector-not-disabled-hint = Run the clean-up again in a few minutes.
problem-inspector-managed = This account may not turn Amazon Inspector's scanning of ECR on and off itself (missing: { $operations }). That is so where an organization manages Inspector.
problem-inspector-managed-hint = Ask the delegated administrator of Amazon Inspector in your organization to turn on scanning of ECR for this account: the lab then uses it and leaves it on. Or use another account, or practice mode. Nothing was changed.
problem-inspector-refused = Amazon Inspector refused { $action } ({ $code }).
problem-inspector-refused-hint = The details give the reason as AWS reported it. If an operation is in progress, try again in a few minutes. In an organization, only the delegated administrator of Amazon Inspector may be able to change this.
problem-repository-missing-again = { $name } already existed when the lab tried to create it, and was gone a moment later.
problem-repository-missing-again-hint = Another user may be working on it, or ECR needs a moment. Run the step again.
problem-repository-not-made = There is no repository { $name } to push to.
problem-repository-not-made-hint = Run the step Create repositories first.
problem-tag-stands = { $repository } has another image with the tag { $tag }, and its tags are immutable.
problem-tag-stands-hint = Choose another tag or another repository in the plan, or allow overwriting in the repository's settings (image tag mutability). Nothing was pushed.
problem-lifecycle-policy = { $repository } existed before this run and has a lifecycle policy. Nothing was pushed to it: each push counts for the policy, which could then delete or archive images of others.
problem-lifecycle-policy-hint = Choose other repository names or a prefix in the plan (--prefix).
problem-tag-of-others = { $repository } has another image with the tag { $tag } ({ $digest }). Nothing was pushed to it.
problem-tag-of-others-hint = Choose another tag or other repository names in the plan. If nothing uses the tag meanwhile, allow moving it until clean-up (--move-tags): the image is kept under another tag, and { $tag } is put back.
problem-tag-archived = The image with the tag { $tag } in { $repository } ({ $digest }) is archived. Its tag cannot be moved, because an archived image cannot be given another tag that keeps it. Nothing was pushed to it.
problem-tag-archived-hint = Choose another tag or other repository names in the plan, or ask its owner to restore the image from the archive first (aws ecr update-image-storage-class).
problem-tag-not-restored = The tag { $tag } of { $repository } could not be put back to { $digest }.
problem-tag-not-restored-hint = Run the clean-up again. If it fails again, another user is moving the tag; the former image keeps its tag that begins with imagelab-before-.
problem-other-image-pushed = { $repository } has an image under the tag { $tag } ({ $digest }) that is not the one that was pulled.
problem-other-image-pushed-hint = Another user of the image engine or of the repository has moved the tag. Run the step again; if it happens again, choose the built-in engine or another tag.
problem-image-not-there = { $repository } does not show the image that was pushed.
problem-image-not-there-hint = Run the step again in a minute. If it persists, another user may have deleted it.
problem-image-not-pushed = { $repository } has no image with the tag { $tag }.
problem-image-not-pushed-hint = Run the step Push the image first.
problem-image-not-deleted = An image in { $repository } could not be deleted.
problem-image-not-deleted-hint = The details give the reason as AWS reported it. Once it is resolved, run the clean-up again.
problem-index-pushed = { $repository } has a list of images for several platforms ({ $media-type }) at { $digest }, which Amazon Inspector does not scan.
problem-index-pushed-hint = Remove the local image, pull it for one platform (docker pull --platform linux/amd64) and push again; or choose the built-in engine.
problem-prod-not-watched = No scanning rule matches { $name }, so there is no scan to wait for.
problem-prod-not-watched-hint = Run the step Configure scanning first.
problem-no-longer-watched = Amazon Inspector no longer watches the image in { $repository }. ECR reports { $status }, Amazon Inspector reports { $coverage }.
problem-no-longer-watched-hint = The re-scan duration since its last push is over, 14 days by default. Its findings are closed, and its vulnerabilities are still there. Push the image again to have it scanned and watched again.
problem-scan-stopped = The scan in { $repository } will have no findings. ECR reports { $status }, Amazon Inspector reports { $coverage }.
problem-scan-stopped-hint = Often the image's operating system or format is not supported, or the image is too old to be scanned again. Push another image, or push the same one again.
problem-scanning-not-applied = The registry's scanning configuration is { $configuration } after it was set to { $wanted }.
problem-scanning-not-applied-hint = Another user may be changing it at the same time. Run the step again.
problem-scan-given-up = The scan in { $repository } was not complete after { $seconds } seconds. ECR reports { $status }, with { $found } findings so far.
problem-scan-given-up-hint = It may still complete. Run the step again later; nothing is lost.
problem-same-image = { $image } is the same image that was pushed as the vulnerable one.
problem-same-image-hint = Choose a patched version as the second image.

# What is shown before consent: in the window and on the command line.
consent-alias = Alias
consent-alias-none = none
consent-alias-not-read = not read (it needs the permission iam:ListAccountAliases)
consent-principal = Identity
consent-endpoint = Endpoint
consent-endpoint-aws = AWS
consent-endpoint-other = { $endpoint }, not AWS
consent-scanned = Other repositories that are scanned, and billed, from then on:
consent-scanned-none = None: the filters add no repository outside this run's plan.
consent-scanned-unknown = Not known: the repositories could not be listed, so the filters may match some of them.
consent-scanned-images = { $images ->
    [one] 1 image
   *[other] { $images } images
}
consent-scanned-images-unknown = number of images not read
consent-estimate = Estimated cost:
consent-pricing-page = Prices of Amazon Inspector
consent-undone = What the clean-up undoes:
consent-lasting = What it cannot undo:
scanning-estimate = About US${ $total } for the first scans of { $images ->
    [one] 1 image
   *[other] { $images } images
}, at about US${ $first } each, and about US${ $next } for each automatic re-scan. This is approximate: prices differ by Region, and Inspector leaves out images that were pushed long ago.
scanning-estimate-unknown = The total is not known, because not all images could be counted: about US${ $first } for the first scan of each image, and about US${ $next } for each automatic re-scan. This is approximate: prices differ by Region.
undone-configuration = The registry's scanning configuration is restored: { $configuration }
undone-by-last-run = The run's filter is removed. Other runs of this lab use the registry: { $runs }. The last run that is cleaned up restores its scanning configuration: { $configuration }
undone-filter = The run's filter is removed from the registry's scanning configuration.
undone-inspector = Inspector's scanning of Amazon ECR, which is off now, is turned on by this run and off again by the clean-up.
undone-repositories = The repositories that the run created are deleted.
undone-images = The images and tags that the run pushed are removed, and so are the images that it pulled to this computer.
lasting-former-unknown = Another run of this lab uses the registry and has left no record of what it was before: { $runs }. Clean-up cannot restore its scanning configuration and Amazon Inspector.
lasting-inspector = Once Inspector's scanning of Amazon ECR is turned off again, its findings are deleted after 24 hours. If no other scan type is on in this account, Inspector's filters, suppression rules and settings are deleted, too.
lasting-cost = Scans that were made are billed.
lasting-records = AWS keeps its records of the calls, such as those in CloudTrail.
caution-never-here = This account is on your list of excluded accounts.
caution-production = { $of ->
    [account] The account's alias
    [principal] The role's or user's name
   *[profile] The profile's name
} “{ $name }” looks like production.
problem-consent-digits = These are not the last four digits of the account that would be changed. Nothing was changed.
problem-consent-digits-hint = Compare the account with the one you expect, and type its last four digits.
problem-consent-caution = Account { $account } needs a second confirmation, and there was none. Nothing was changed.
problem-consent-caution-hint = Choose the profile of another account; or, if this one is to be changed, run the command in a terminal, where it can ask. --yes does not answer this question.
problem-never-here-account = { $account } is not an account id.
problem-never-here-account-hint = Enter the account's twelve digits.
problem-never-here-unreadable = The list of excluded accounts cannot be read: { $path }
problem-never-here-unreadable-hint = Correct the file, a JSON list of account ids such as ["123456789012"], or delete it to start with an empty list.
