# Topics of the help panel, two to five paragraphs each.

help-more = Learn more
help-official = Official documentation

help-link-ecr-scanning = Amazon ECR: image scanning
help-link-ecr-enhanced = Amazon ECR: enhanced scanning
help-link-ecr-filters = Amazon ECR: filters for scanning
help-link-ecr-put = Amazon ECR API: PutRegistryScanningConfiguration
help-link-ecr-login = Amazon ECR: private registry authentication
help-link-ecr-push = Amazon ECR: pushing a Docker image
help-link-ecr-manifests = Amazon ECR: image manifest formats
help-link-ecr-repositories = Amazon ECR: private repositories
help-link-ecr-delete = Amazon ECR: deleting a repository
help-link-inspector-ecr = Amazon Inspector: scanning ECR images
help-link-inspector-coverage = Amazon Inspector: assessing coverage
help-link-inspector-supported = Amazon Inspector: supported systems and languages
help-link-inspector-findings = Amazon Inspector: understanding findings
help-link-inspector-rescan = Amazon Inspector: the re-scan duration of Amazon ECR
help-link-inspector-pricing = Amazon Inspector pricing
help-link-ecr-pricing = Amazon ECR pricing
help-link-nvd-log4shell = NVD: CVE-2021-44228
help-link-log4j-security = Apache Logging Services: security
help-link-cisa-kev = CISA: known exploited vulnerabilities
help-link-first-cvss = FIRST: CVSS 3.1 specification
help-link-first-epss = FIRST: EPSS
help-link-oci-manifest = OCI: image manifest specification

help-start-title = About this lab
help-start-1 = When a container image is in a registry, who inspects its contents? In this lab you turn on enhanced scanning of Amazon ECR, push an image that contains Log4Shell, and see for yourself what the scan reports and what it does not report.
help-start-2 = There are seven steps. Each has the same parts in the same places: why, what will change, do, check. Let the app do it, or copy the commands to your own terminal. The check reads the actual state, no matter who did the step.
help-start-3 = Close the window whenever you like: it opens where you left off. The help panel on the right follows the steps, and every Info link opens the topic of the item next to it.

help-engine-title = Image engines
help-engine-1 = An image engine pulls images from a registry, tags them, and pushes them to another. The lab uses Docker if this computer has it, or else the engine that is built into the app.
help-engine-2 = The built-in engine needs nothing installed, and runs no containers. Both follow the same registry standard, so the result is the same.

help-prepare-title = Prepare
help-prepare-1 = The first question in any cloud: which identity, which account, and which Region am I using? The call GetCallerIdentity answers it, and needs no permission at all.
help-prepare-2 = Permissions to read are verified by reading. Permissions to write cannot be verified without changing something; if one is missing, the step that needs it names it.
help-prepare-3 = An item that is not met gives the reason and what to do. Then check again.

help-scanning-title = Configure scanning
help-scanning-1 = This step sets the registry's scan type to ENHANCED and saves a rule: repositories that the filter matches are scanned continuously (CONTINUOUS_SCAN). Turning enhanced scanning on also turns on Amazon Inspector's scanning of ECR.
help-scanning-2 = Before you save it, use the filter preview to see which names match. The filter also limits the cost: only images in matching repositories cost anything to scan.

help-scanning-configuration-title = What is a scanning configuration?
help-scanning-configuration-1 = It is a setting of the private registry, one for each account and Region. It holds the scan type, BASIC or ENHANCED, and up to two rules. A rule is a scan frequency with filters for repositories.
help-scanning-configuration-2 = Saving a configuration does not add to the existing one: it replaces all of it. That is why the lab first reads and keeps the existing one, shows what will be different, and restores it at the end.
help-scanning-configuration-3 = ENHANCED without any rule means that every repository in the registry is scanned continuously. That can cost more than intended, so always send rules.

help-filters-title = What does a filter match?
help-filters-1 = A filter without an asterisk matches every name that it is a part of. So prod matches eks-security-prod, and nonprod-api and product-catalog as well.
help-filters-2 = With an asterisk it must match the whole name: *-prod matches names that end with -prod, and prod* those that begin with prod. An asterisk matches any run of characters, including none.
help-filters-3 = A filter begins and ends with a lowercase letter, a digit or an asterisk; in between, it may also have . _ - and /. It has at most 255 characters.
help-filters-4 = If two rules match one repository, CONTINUOUS_SCAN takes precedence over SCAN_ON_PUSH. With enhanced scanning, a repository that no filter matches is not scanned, and cannot be scanned manually either.

help-basic-enhanced-title = Basic and enhanced scanning
help-basic-enhanced-1 = Basic scanning finds vulnerabilities in the packages of the operating system. It scans on push or manually.
help-basic-enhanced-2 = Enhanced scanning is done by Amazon Inspector. It inspects the operating system's packages and also those of programming languages, such as Java, Python and JavaScript. Log4Shell is in a Java library, so this matters.
help-basic-enhanced-3 = Continuous scanning does not end with the push. When a new vulnerability becomes known, existing images are assessed again. Switching between the types hides the scans of the other; switching back shows them again.

help-repositories-title = Repositories
help-repositories-1 = A repository is a named place for the versions of an image. Its address consists of the account, the Region and the name. It must exist before Docker can push to it.
help-repositories-2 = Scanning is not configured when repositories are created. Yet only the one whose name the filter matches becomes CONTINUOUS_SCAN. The others report MANUAL, which under enhanced scanning means that they are not scanned.
help-repositories-3 = If a repository with that name already existed, the lab uses it and never deletes it. Repositories that the lab creates carry a tag of this run (imagelab:run), so that they can be distinguished.

help-push-title = Pushing an image
help-push-1 = A push has four parts: pull the image, tag it with the address it goes to, log in to the registry, and send it layer by layer. The manifest comes last; from then on the tag refers to that image.
help-push-2 = Layers are identified by a hash of their content. A layer that the repository already has is not sent again. Layers of another repository are reused only where the account enables it (aws ecr put-account-setting --name BLOB_MOUNTING --value ENABLED): until then, the second push sends them once more. In the practice cloud, the plan can turn it on.
help-push-3 = This image was chosen because it is vulnerable. An image in a registry is stored, not running, but as a running container it could be attacked.

help-digest-tag-title = Digests and tags
help-digest-tag-1 = A digest (sha256:…) is a hash of an image's manifest. If one byte differs, so does the digest. Equal digests therefore mean the same image, wherever it is stored.
help-digest-tag-2 = A tag is a label that people assign. Tomorrow the same tag may refer to another image. Even latest is just a tag, with no special meaning.
help-digest-tag-3 = The lab first shows that both repositories have the same digest. Only then can the difference in the next step be due to the scanning configuration, and not to the image.

help-layers-platforms-title = Layers and platforms
help-layers-platforms-1 = An image is a stack of layers, each with changes to files. The manifest lists the layers and their order.
help-layers-platforms-2 = An image for several platforms is a list (an index) that points to a manifest for each of them. The neo4j image has one for amd64 and one for arm64.
help-layers-platforms-3 = Amazon Inspector does not scan such lists. That is why the lab pulls and pushes the image of one platform only: linux/amd64.

help-registry-login-title = Registry login and its token
help-registry-login-1 = Pushing to a private registry requires a token from GetAuthorizationToken. The user name is always AWS; the token is valid for 12 hours, and only in the Region that issued it.
help-registry-login-2 = A token is equivalent to a password. On a command line it would remain in the shell's history and in the list of processes, so it is passed by --password-stdin. This app keeps it off the screen, the transcript and the reports, and shows only when it expires.
help-registry-login-3 = If the token expires during a push, the lab gets a new one and continues. Layers that were sent are not sent again.

help-results-title = Reading the results
help-results-1 = It takes a while after a push until there is a scan. At first the response is ScanNotFoundException, which means not yet, not failed. A healthy continuous scan reports ACTIVE, not COMPLETE.
help-results-2 = Findings may still arrive after the status has become ACTIVE. So this app calls a scan stable only when the counts have been the same several times in a row.
help-results-3 = In the repository that is not scanned there is nothing to see, although the image is the same. “No findings” and “not scanned” are very different.
help-results-4 = Watching ends: by default 14 days after the last push. Amazon Inspector then closes the findings, and says SCAN_ELIGIBILITY_EXPIRED. In practice mode you can move the clock forward, here or with imagelab practice advance 14d.

help-cvss-title = CVSS: how severe?
help-cvss-1 = CVSS is a standard that gives a vulnerability a score from 0.0 to 10.0. A vector describes whether it can be attacked over the network, whether that requires privileges or another person's action, and how it affects confidentiality, integrity and availability; the score is computed from the vector.
help-cvss-2 = The score says how bad it could be, not how likely an attack is. That is why you look at EPSS and KEV too.

help-epss-title = EPSS: how likely?
help-epss-1 = EPSS estimates, from 0 to 1, how likely it is that an attempt to exploit a vulnerability is seen in the next 30 days. FIRST recalculates it every day.
help-epss-2 = Many vulnerabilities with a high CVSS score have a low EPSS. The two together help to decide what to fix first. The figures change daily: see the official site for today's.

help-kev-title = KEV: known to be exploited
help-kev-1 = The United States' Cybersecurity and Infrastructure Security Agency (CISA) publishes a list of vulnerabilities that are known to have been exploited: KEV, the Known Exploited Vulnerabilities.
help-kev-2 = Being on that list is not an estimate: exploitation has happened. Fix those first. Log4Shell was added on 10 December 2021, the day it was published.

help-log4shell-title = What is Log4Shell?
help-log4shell-1 = Log4Shell (CVE-2021-44228) is a vulnerability in Apache Log4j 2, a logging library for Java. Log4j interpreted a special expression inside a logged text, which could make it fetch code from an attacker's server and run it.
help-log4shell-2 = It required no login and no action by a user, and has the highest CVSS score, 10.0. So many Java programs contained Log4j, directly or in one of their libraries, that even finding it was hard.
help-log4shell-3 = It is also in the lab's neo4j 4.4.0 image: Log4j is not a separate file but packed into another JAR, so no file name reveals it. A scanner finds it by the package metadata inside the JAR.
help-log4shell-4 = It was fixed in 2.15.0; related vulnerabilities were found soon after, and fixed in later versions. Take the newest version, and scan again.

help-inspector-coverage-title = Inspector coverage
help-inspector-coverage-1 = Coverage is how Amazon Inspector shows what it scans and what it does not. Repositories and images are listed separately, each with a status and a reason.
help-inspector-coverage-2 = SUCCESSFUL: it was scanned. PENDING_INITIAL_SCAN: it waits for its first scan. SCAN_FREQUENCY_MANUAL: no filter matches, so it is not scanned.
help-inspector-coverage-3 = Some resources are not scanned because they are not supported, such as UNSUPPORTED_OS or UNSUPPORTED_MEDIA_TYPE. If there are no findings, check the coverage first.

help-remediate-title = Fix and compare
help-remediate-1 = Fixing a vulnerability usually means building or choosing an image with a patched version. A fix inside a running container is lost with the next deployment.
help-remediate-2 = The new image is pushed under a tag of its own, and scanned. The two scans are then compared: what is fixed, what remains, what is new.
help-remediate-3 = A patched image may have findings too: in old packages of the operating system, or because of vulnerabilities that became known since. The goal is not zero, but to know what remains, and why.

help-cost-title = Cost
help-cost-1 = Practice costs nothing: everything happens inside this computer.
help-cost-2 = In an AWS account, Amazon Inspector charges for the first scan of an image and for automatic re-scans, and Amazon ECR for storage. Only images in repositories that a filter matches cost anything to scan. Each step shows an approximate price; prices differ by Region, so see the pricing pages.
help-cost-3 = Run the clean-up when you are done. Remaining images and continuous scanning continue to cost money.

help-cleanup-title = Clean up
help-cleanup-1 = The lab records what it creates, before and after each call, and tags the repositories that it creates. Clean-up deletes only what both records say is the lab's. Resources that existed before are not touched.
help-cleanup-2 = The scanning configuration is restored to what was saved at the beginning. If someone else has changed it meanwhile, it is left unchanged, and you are shown both.
help-cleanup-3 = Restoring the scanning configuration and turning off Amazon Inspector are separate. Its scanning of ECR is turned off again only if it was off before the lab and the lab turned it on.
help-cleanup-4 = At the end, the actual state is read back for the receipt. If something fails, run it again: it continues with what is left.
help-cleanup-5 = Nothing is cleaned up by itself: Amazon Inspector only stops watching. The image stays, with its vulnerabilities and the cost of its storage.

help-glossary-title = Glossary
help-glossary-1 = The terms of this lab, in short.

glossary-registry = Registry
glossary-registry-means = A service that stores container images and serves them. Each account has one private registry in each Region.
glossary-repository = Repository
glossary-repository-means = A named place in a registry for the versions of an image.
glossary-image = Image
glossary-image-means = A program with all the files it needs to run, as a stack of layers.
glossary-layer = Layer
glossary-layer-means = A set of changes to files, part of an image. Known by a hash of its content.
glossary-manifest = Manifest
glossary-manifest-means = A document that lists an image's layers, in order, and its configuration.
glossary-tag = Tag
glossary-tag-means = A label on an image. It can be moved to another image.
glossary-digest = Digest
glossary-digest-means = A hash of the manifest. If it is the same, the image is the same.
glossary-platform = Platform
glossary-platform-means = An operating system and an architecture, such as linux/amd64.
glossary-scan-frequency = Scan frequency
glossary-scan-frequency-means = When a repository is scanned: CONTINUOUS_SCAN, SCAN_ON_PUSH or MANUAL.
glossary-filter = Filter
glossary-filter-means = A pattern that selects, by name, the repositories that a rule applies to.
glossary-enhanced = Enhanced scanning
glossary-enhanced-means = The scan type in which Amazon Inspector inspects packages of the operating system and of programming languages.
glossary-inspector = Amazon Inspector
glossary-inspector-means = An AWS service that finds vulnerabilities in workloads automatically.
glossary-coverage = Coverage
glossary-coverage-means = Amazon Inspector's list of what it scans, what it does not, and why.
glossary-vulnerability = Vulnerability
glossary-vulnerability-means = A weakness in software that an attacker can use.
glossary-cve = CVE
glossary-cve-means = The international identifier of a published vulnerability.
glossary-finding = Finding
glossary-finding-means = The record of one vulnerability found in one image.
glossary-severity = Severity
glossary-severity-means = The rank of a vulnerability: critical, high, medium, low and so on.
glossary-cvss = CVSS
glossary-cvss-means = A standard that scores severity from 0.0 to 10.0.
glossary-epss = EPSS
glossary-epss-means = An estimate of how likely it is that an attempt to exploit is seen within 30 days.
glossary-kev = KEV
glossary-kev-means = CISA's list of vulnerabilities that are known to have been exploited.
glossary-remediation = Remediation
glossary-remediation-means = The action that removes a vulnerability, such as updating to a patched version.
