# Texts of the read-only explorer, in the window and on the command line.

explore-registry = Account { $account }, Region { $region }; scan type { $scanning }
explore-endpoint = Endpoint { $endpoint }, not AWS
explore-no-repositories = The registry has no repositories.
explore-empty = { $name } has no images.
explore-frequency = Scan frequency
explore-filters = Filters
explore-tags = Tags
explore-pushed = Pushed
explore-scan = Scan
explore-state-scanned = Scanned
explore-state-in-progress = Scan in progress
explore-presence = Result
explore-no-images = No images
explore-suppressed = Found (suppressed)
explore-whereabouts = { $vulnerability }: found in { $present ->
    [one] { $present } image
   *[other] { $present } images
 }; not known of { $unknown ->
    [one] { $unknown } image
   *[other] { $unknown } images
 } (not scanned, not fully assessed or not read); not found in { $absent ->
    [one] { $absent } scanned image
   *[other] { $absent } scanned images
 }
explore-comparison = { $before } → { $after }: { $fixed } vulnerabilities fixed, { $new } new, { $remaining } remaining
explore-difference = Difference

problem-explore-no-image = There is no image { $name } in the registry.
problem-explore-no-image-hint = List the repository's images, and choose one of their tags or digests.
problem-explore-no-repository = There is no repository { $name } in the registry.
problem-explore-no-repository-hint = List the repositories. If the name is right, check the account and the Region.
problem-explore-no-tag = { $name } names a repository, but no image in it.
problem-explore-no-tag-hint = Add a tag or a digest: { $name }:TAG, { $name }@sha256:…
problem-explore-vulnerability = “{ $id }” is not the id of a vulnerability.
problem-explore-vulnerability-hint = Enter an id such as CVE-2021-44228.
problem-explore-format = CSV and SARIF are formats for the findings of one image.
problem-explore-format-hint = Name an image, such as REPOSITORY:TAG, or choose json.

## The window

explorer-title = Explorer
explorer-about = Shows any repository of a registry: which images are scanned and what was found. You can compare images and export findings. Nothing is changed, and what was read is deleted when you leave.
explorer-start = Open the explorer
explorer-choose = Which registry?
explorer-of-run = The open run's registry
explorer-of-run-about = The account and Region of the run that is open.
explorer-of-practice = The practice cloud
explorer-of-practice-about = The registry on this computer.
explorer-of-aws = Your own account
explorer-of-aws-about = A registry of your AWS account, with the permissions to read Amazon ECR and Amazon Inspector.
explorer-open = Open
explorer-open-failed = The registry could not be opened
explorer-other = Another registry
explorer-leave = Back to the lab
explorer-scan-type = Scan type
explorer-repositories = Repositories
explorer-repositories-about = A repository that no rule matches is not scanned: what its images contain is not known.
explorer-repository = Repository
explorer-watched = Matched by a scanning rule
explorer-filter = Filter
explorer-back-repositories = All repositories
explorer-back-images = All images of { $name }
explorer-images-about = Open an image to see its findings, or select two images to compare them.
explorer-images = Images of { $name }
explorer-image = Image
explorer-digest = Digest
explorer-size = Size
explorer-select = Images
explorer-select-image = Select { $name }
explorer-compare = Compare
explorer-compare-title = The two images compared
explorer-not-known = There are no findings to show. That does not mean that the image has no vulnerabilities: what is not scanned is not known.
explorer-so-far = These are the findings so far. The scan has not ended: more may follow.
explorer-where = Where is a vulnerability?
explorer-where-about = The id of a vulnerability, such as CVE-2021-44228.
explorer-where-id = Id of the vulnerability
explorer-where-note = “Not found” means that the image was scanned and fully assessed. Any other image may have the vulnerability.
explorer-where-unread = Something could not be read, so the result is incomplete
explorer-search = Search
explorer-severity = Severity
explorer-packages = Packages
