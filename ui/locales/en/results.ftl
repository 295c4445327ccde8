# Texts of the results: table, filter, details, Log4Shell, Inspector, comparison, CVSS.

yes = Yes
no = No
saved-to = Saved: { $path }
results-not-yet = No findings have been read yet. Run this step above.
scan-starting = Reading the scan's status…
growth-title = Findings over time, up to { $most }
growth-says = Findings over time: now { $ecr } in ECR, { $inspector } in Inspector.
source-ecr = Amazon ECR
source-inspector = Amazon Inspector

## Side by side

sides-title = The same image, seen and unseen
sides-about = You pushed the same image to both repositories.
sides-same = Same digest
sides-differ = Different digests
sides-why = Both images have the same vulnerabilities. The filter { $filter } matches { $prod } and does not match { $sandbox }, so only one of them is scanned. No findings does not mean safe.
side-watched = Scanned continuously
side-unwatched = Not scanned
side-scanning-unknown = Scanning not read
side-vulnerabilities = { $count ->
    [one] One vulnerability
   *[other] { $count } vulnerabilities
 }
side-findings = in { $count ->
    [one] one finding
   *[other] { $count } findings
 }
side-means-not-scanned = This is not zero findings: the image was not scanned. When its findings are requested, Amazon ECR responds:
side-means-no-longer-watched = This is not zero findings: Amazon Inspector no longer watches the image, and has closed its findings. Its vulnerabilities are still there.
side-means-not-read = This is not zero findings: they have not been read. Run this step to read them.
side-means-unsupported = This is not zero findings: the scanner does not support this image.
side-means-failed = This is not zero findings: the scan of this image failed.
side-from-before = These findings were read before. Amazon Inspector has closed them since; the image is the same.
side-log4shell = Log4Shell found
side-no-log4shell = No Log4Shell

## Log4Shell

log4shell = Log4Shell
log4shell-id = CVE-2021-44228 (Log4Shell)
log4shell-title = Log4Shell (CVE-2021-44228)
log4shell-what = A flaw in Apache Log4j 2 that lets one logged string take over a server.
log4shell-open = Show details
log4shell-score = CVSS score
log4shell-epss = EPSS: chance of exploitation within 30 days
log4shell-kev = in CISA's KEV catalog since
log4shell-when-title = When
log4shell-when = Alibaba Cloud's security team reported it to Apache on 24 November 2021. On 9 December an exploit was public, and on 10 December CVE-2021-44228 was published. Attacks had begun before that.
log4shell-how-title = How it works
log4shell-how = Log4j resolved lookups such as { "${jndi:…}" } inside the messages that it logged. An attacker sends such a string to a place where it will be logged, for instance in the User-Agent header. The server then connects to the attacker's LDAP server and runs the code that it receives.
log4shell-why-title = Why it scores 10.0
log4shell-why = It is reachable over the network (AV:N), it is easy (AC:L), it needs no login (PR:N) and no action by a user (UI:N). The impact extends beyond the program that uses Log4j (S:C), and confidentiality, integrity and availability are all lost (C:H, I:H, A:H). There is no higher CVSS score.
log4shell-fix-title = What fixes it
log4shell-fix = Log4j 2.15.0 fixed it, but not entirely: CVE-2021-45046 followed, and 2.16.0 disabled JNDI by default. Update to 2.17.1 or later, which fixes the later problems too. An image is rebuilt or replaced by a newer one.
log4shell-where = Where it is in this image ({ $count ->
    [one] one place
   *[other] { $count } places
 })
log4shell-later = “Fixed in” is the lowest version that fixes this vulnerability alone.
log4shell-absent = This scan has no Log4Shell (CVE-2021-44228).

kev = KEV
kev-long = Known to be exploited (KEV)
kev-unknown = KEV not known: details not read
finding-suppressed = Suppressed
kev-since = In CISA's KEV catalog since { $date }
kev-means = CISA of the United States has observed it in real attacks. That is not an estimate but a fact: fix these before all others.
kev-due = Federal agencies of the United States had to act by { $date }.
kev-action = Required action: { $action }
epss-says = Chance of exploitation within the next 30 days: { $chance }
epss-means = EPSS is a probability that FIRST estimates every day from real attacks. CVSS describes how severe an attack would be; EPSS how likely it is.
end-of-life = The operating system is out of support
end-of-life-short = Out of support
end-of-life-means = This finding is not about one vulnerability. Amazon Inspector reports it as { $id } when the vendor no longer supports the image's operating system. No more security updates come: what is found from then on stays open, and may not be reported at all. Build the image on a release that is still supported.

## Table

findings-title = Findings
findings-title-unique = Vulnerabilities
findings-title-instances = Findings by package
findings-counts = { $unique ->
    [one] One vulnerability
   *[other] { $unique } vulnerabilities
 } · { $findings ->
    [one] one finding
   *[other] { $findings } findings
 } · { $instances ->
    [one] one finding by package
   *[other] { $instances } findings by package
 }
findings-matches = { $count ->
    [one] One vulnerability matches
   *[other] { $count } vulnerabilities match
 }
findings-loading = Reading the findings…
findings-failed = The findings could not be read
assessed-title = What was assessed
findings-none = This scan has no findings in what it assessed. What it did not assess may have vulnerabilities.
findings-no-match = No finding matches.
findings-clear = Clear filters
findings-resize = Resize the column
findings-said = Showing { $first } to { $last } of { $total }.
finding-open = Open details of { $name }
finding-packages = { $first } and { $more } more
count-findings = Findings
count-unique = Vulnerabilities
page-next = Next page
page-previous = Previous page
pages = Pages
page-number = Page { $number } of { $all }

filter-search = Search: words, or conditions such as Severity = Critical
filter-search-clear = Clear the search
filter-values = { $property } values
filter-vulnerabilities = { $count ->
    [one] one vulnerability
   *[other] { $count } vulnerabilities
 }
filter-loading = Loading values…
filter-values-failed = The values could not be read.
filter-no-values = No value matches
filter-view = One row for each
view-instances = Finding and package
view-unique = Vulnerability
value-missing = (none)
value-not-said = Not reported

# Other words for what a text says, separated by commas: the search of findings understands them in every language.
words-severity-critical = crit
words-severity-medium = moderate
words-severity-untriaged = unrated
words-yes = y, true
words-no = n, false
words-kev = known exploited
words-details-exploit-public = public exploit
words-details-fix-there = fixable
words-fix-no = no fix, not fixable
words-end-of-life-short = end of life, eol

table-preferences = Table settings
table-preferences-confirm = Apply
table-preferences-cancel = Cancel
table-preferences-page-size = Rows per page
table-preferences-rows = { $count ->
    [one] One row
   *[other] { $count } rows
 }
table-preferences-wrap = Wrap lines
table-preferences-wrap-about = Show long texts in several lines
table-preferences-compact = Compact
table-preferences-compact-about = Show more rows at once
table-preferences-columns = Columns
table-preferences-columns-about = Choose the columns and their order.

export = Export
export-json = JSON
export-json-about = The findings in full
export-csv = CSV
export-csv-about = For spreadsheets, one line per package
export-sarif = SARIF 2.1.0
export-sarif-about = For code scanning tools

property-vulnerability-id = Vulnerability
property-title = Title
property-severity = Severity
property-status = Status
property-type = Type
property-score = Score
property-epss = EPSS
property-risk-score = Risk score
property-vendor-severity = Vendor severity
property-vulnerability-source = Source
property-fix-available = Fix available
property-exploit-available = Public exploit
property-kev = KEV
property-cwe = CWE
property-related-id = Related id
property-seen-by = Reported by
property-package = Package
property-package-version = Installed
property-fixed-in = Fixed in
property-package-manager = Package manager
property-package-arch = Package architecture
property-file-path = File path
property-layer = Layer
property-repository = Repository
property-digest = Digest
property-tag = Tag
property-architecture = Image architecture
property-platform = Platform
property-account = Account
property-region = Region
property-first-observed-at = First seen
property-last-observed-at = Last seen
property-updated-at = Updated
property-vendor-created-at = Published by vendor
property-vendor-updated-at = Changed by vendor
property-instance-count = Findings by package
property-finding-count = Findings

## Details

details = Details
details-full = Details in full screen
details-part = Details beside the page
details-close = Close details
details-failed = The details cannot be read
details-gone = This finding is no longer there.
details-description = Description
details-risk = Risk
details-packages = Vulnerable packages and remediation
details-cvss = The CVSS vector explained
details-references = References
details-where = Where
details-times = Times
details-exploit-public = Exploit public
details-fix-there = Fix available
details-exploit-known = Exploit last known
details-exploit-first = Exploitation first seen
details-exploit-last = Exploitation last seen
details-score-source = Score by
details-tools = Known attack tools
details-ttps = Techniques (TTPs)
details-evidence = { $rule }: { $detail } ({ $severity })
details-pushed = Pushed
details-in-use = Workloads that use it
details-arn = Finding ARN
details-no-packages = This finding is about the image as a whole, not about one package.
details-not-read = Package URL (purl) and runtime reachability: not read by this version.
details-remediation = Remediation
details-no-remediation = The service gives no advice. See the vendor's information.
details-no-references = There are no references.
package-installed = Installed
package-fixed = Fixed in
package-not-fixed = Not yet
copy-address = Copy the address { $address }
copy-vector = Copy the CVSS vector
copy-what = Copy: { $what }
copy-remediation = Copy the remediation of { $name }

## Inspector

inspector-title = The same repositories in Amazon Inspector
inspector-about = Enhanced scanning is done by Amazon Inspector. The consoles of ECR and Inspector show the same findings.
inspector-loading = Reading from Amazon Inspector…
inspector-failed = Amazon Inspector's response could not be read
inspector-reload = Read from Amazon Inspector again
inspector-counts = Findings by service
inspector-counts-about = Inspector's total is Inspector's own count of active findings in the repository. Once the patched image is pushed, its findings are in there too, so it can be more than ECR's count of one image.
inspector-source = Seen in
coverage-repository = Repository
coverage-image = Image { $tags }
coverage-untagged = (no tag)
coverage-active = Covered
coverage-inactive = Not covered
coverage-nothing = Amazon Inspector does not know this repository yet.
coverage-scanned = Last scanned: { $at }
coverage-unknown = This reason has no explanation here. See Amazon Inspector's documentation.
coverage-successful = Scanned, and scanned again when new vulnerabilities become known.
coverage-pending-initial-scan = Waiting for its first scan.
coverage-scan-in-progress = Being scanned now.
coverage-scan-frequency-manual = No filter of the scanning configuration matches, so it is not scanned. It may have vulnerabilities that are not reported.
coverage-scan-frequency-scan-on-push = Scanned once, when it was pushed. Vulnerabilities that become known later are not reported.
coverage-scan-eligibility-expired = No longer watched: the re-scan duration is over, and the findings are closed. That is not “clean”. A new push restarts it; a pull does so only where pull dates count.
coverage-unsupported-os = This operating system or manifest type cannot be scanned.
coverage-unsupported-media-type = This image's media type cannot be scanned.
coverage-access-denied = The repository's policy prevents Inspector from reading the image.
coverage-access-denied-to-encryption-key = Inspector may not use the KMS key, so it cannot read the image.
coverage-image-archived = The image is archived, so it is not scanned.
coverage-invalid-artifact = It is not an image, or it is damaged, so it cannot be scanned.
coverage-internal-error = Inspector had an internal error. It retries automatically.
coverage-pending-disable = Scanning is being turned off.
coverage-resource-terminated = The image or repository was deleted.
coverage-no-resources-found = There is no image to scan yet.
coverage-image-index = This is an index of images for several platforms. The images that it names are listed by their digests, and scanned one by one.
coverage-basic-scan = This registry uses basic scanning. The explorer reads what Amazon Inspector finds, so what basic scanning found is not known here.

## Comparison

compare-title = Before and after the fix
compare-about = The findings of { $before } and of { $after }, compared by vulnerability and package.
compare-failed = The comparison could not be read
compare-not-yet = There are not yet two scans to compare. Run this step above.
compare-log4shell-fixed = Log4Shell is fixed
compare-log4shell-fixed-about = { $image } does not have CVE-2021-44228. The old image stays in the repository until clean-up, still vulnerable.
compare-log4shell-stays = Log4Shell is not shown to be gone
compare-log4shell-stays-about = The patched image has CVE-2021-44228 too, or the first scan had not found it. Choose another image as the patched one.
compare-remains-title = Remaining findings are normal
compare-remains = Packages of the base operating system have vulnerabilities that no version fixes yet, or that the vendor will not fix. A new image also brings new packages, and with them new findings. The goal is not zero: fix what is dangerous first (critical, KEV, high EPSS), and keep scanning.
compare-image = Image
compare-image-before = Before: { $image }
compare-image-after = After: { $image }
fate-fixed = Fixed
fate-remaining = Remaining
fate-new = New
fate-fixed-means = Only in the old image
fate-remaining-means = In both images
fate-new-means = Only in the new image
fate-vulnerabilities = { $count ->
    [one] One vulnerability
   *[other] { $count } vulnerabilities
 }
fate-pairs = { $count ->
    [one] one pair of a vulnerability and a package
   *[other] { $count } pairs of a vulnerability and a package
 }
fate-tab = { $status }: { $count ->
    [one] one vulnerability
   *[other] { $count } vulnerabilities
 } ({ $rows ->
    [one] one row
   *[other] { $rows } rows
 })
fate-fixed-none = Nothing was fixed.
fate-remaining-none = Nothing remains.
fate-new-none = Nothing is new.
fate-before = Before
fate-after = After
fates-title = Vulnerability by vulnerability
fates-about = One row for each vulnerability of each package. Select one to see its details.

## CVSS

cvss-none = This finding has no CVSS rating.
cvss-failed = This CVSS vector cannot be explained
cvss-score = CVSS { $version }, score of this vector: { $score }
cvss-by = { $source } · CVSS { $version }
cvss-adjusted = Inspector adjusted { $metric }: { $reason }
cvss-part = Part of the vector
cvss-metric = Metric
cvss-value = Value
cvss-group-exploitability = How it is exploited
cvss-group-impact = Impact
cvss-group-subsequent-impact = Impact on other systems
cvss-group-temporal = What changes with time
cvss-group-threat = Threat
cvss-group-environmental = Environment
cvss-group-supplemental = Supplemental (does not count)

cvss-access-complexity = Access complexity
cvss-access-vector = Access vector
cvss-attack-complexity = Attack complexity
cvss-attack-requirements = Attack requirements
cvss-attack-vector = Attack vector
cvss-authentication = Authentication
cvss-automatable = Automatable
cvss-availability-impact = Availability impact
cvss-availability-requirement = Availability requirement
cvss-collateral-damage-potential = Collateral damage potential
cvss-confidentiality-impact = Confidentiality impact
cvss-confidentiality-requirement = Confidentiality requirement
cvss-exploit-code-maturity = Exploit code maturity
cvss-exploit-maturity = Exploit maturity
cvss-exploitability = Exploitability
cvss-integrity-impact = Integrity impact
cvss-integrity-requirement = Integrity requirement
cvss-modified-attack-complexity = Attack complexity (modified)
cvss-modified-attack-requirements = Attack requirements (modified)
cvss-modified-attack-vector = Attack vector (modified)
cvss-modified-availability-impact = Availability impact (modified)
cvss-modified-confidentiality-impact = Confidentiality impact (modified)
cvss-modified-integrity-impact = Integrity impact (modified)
cvss-modified-privileges-required = Privileges required (modified)
cvss-modified-scope = Scope (modified)
cvss-modified-subsequent-availability = Availability of other systems (modified)
cvss-modified-subsequent-confidentiality = Confidentiality of other systems (modified)
cvss-modified-subsequent-integrity = Integrity of other systems (modified)
cvss-modified-user-interaction = User interaction (modified)
cvss-modified-vulnerable-availability = Availability of the vulnerable system (modified)
cvss-modified-vulnerable-confidentiality = Confidentiality of the vulnerable system (modified)
cvss-modified-vulnerable-integrity = Integrity of the vulnerable system (modified)
cvss-privileges-required = Privileges required
cvss-provider-urgency = Provider urgency
cvss-recovery = Recovery
cvss-remediation-level = Remediation level
cvss-report-confidence = Report confidence
cvss-response-effort = Response effort
cvss-safety = Safety
cvss-scope = Scope
cvss-subsequent-availability = Availability of other systems
cvss-subsequent-confidentiality = Confidentiality of other systems
cvss-subsequent-integrity = Integrity of other systems
cvss-target-distribution = Target distribution
cvss-user-interaction = User interaction
cvss-value-density = Value density
cvss-vulnerable-availability = Availability of the vulnerable system
cvss-vulnerable-confidentiality = Confidentiality of the vulnerable system
cvss-vulnerable-integrity = Integrity of the vulnerable system

cvss-about-access-complexity = Does the attack require special conditions?
cvss-about-access-vector = From where can it be attacked?
cvss-about-attack-complexity = Does it require conditions that the attacker cannot control?
cvss-about-attack-requirements = Must the target be in a certain state?
cvss-about-attack-vector = From where can it be attacked?
cvss-about-authentication = How often must the attacker log in?
cvss-about-availability-impact = Can the service be brought down?
cvss-about-confidentiality-impact = Can information be disclosed?
cvss-about-integrity-impact = Can data or behaviour be changed?
cvss-about-privileges-required = Which privileges must the attacker already have?
cvss-about-scope = Does the impact extend beyond the vulnerable component?
cvss-about-subsequent-availability = Can other systems be brought down?
cvss-about-subsequent-confidentiality = Can information of other systems be disclosed?
cvss-about-subsequent-integrity = Can data or behaviour of other systems be changed?
cvss-about-user-interaction = Must another person act?
cvss-about-vulnerable-availability = Can the vulnerable system be brought down?
cvss-about-vulnerable-confidentiality = Can information of the vulnerable system be disclosed?
cvss-about-vulnerable-integrity = Can data or behaviour of the vulnerable system be changed?

cvss-value-active = Active
cvss-value-adjacent-network = Adjacent network
cvss-value-amber = Amber
cvss-value-attacked = Attacked
cvss-value-automatic = Automatic
cvss-value-changed = Changed
cvss-value-clear = Clear
cvss-value-complete = Complete
cvss-value-concentrated = Concentrated
cvss-value-confirmed = Confirmed
cvss-value-diffuse = Diffuse
cvss-value-functional = Functional
cvss-value-green = Green
cvss-value-high = High
cvss-value-irrecoverable = Irrecoverable
cvss-value-local = Local
cvss-value-low = Low
cvss-value-low-medium = Low to medium
cvss-value-medium = Medium
cvss-value-medium-high = Medium to high
cvss-value-moderate = Moderate
cvss-value-multiple = More than once
cvss-value-negligible = Negligible
cvss-value-network = Network
cvss-value-no = No
cvss-value-none = None
cvss-value-not-defined = Not defined
cvss-value-official-fix = Official fix
cvss-value-partial = Partial
cvss-value-passive = Passive
cvss-value-physical = Physical
cvss-value-present = Present
cvss-value-proof-of-concept = Proof of concept
cvss-value-reasonable = Reasonable
cvss-value-red = Red
cvss-value-required = Required
cvss-value-safety = Safety
cvss-value-single = Once
cvss-value-temporary-fix = Temporary fix
cvss-value-unavailable = Unavailable
cvss-value-unchanged = Unchanged
cvss-value-unconfirmed = Unconfirmed
cvss-value-uncorroborated = Uncorroborated
cvss-value-unknown = Unknown
cvss-value-unproven = Unproven
cvss-value-unreported = Unreported
cvss-value-user = By the user
cvss-value-workaround = Workaround
cvss-value-yes = Yes

results-views = Views of the results
results-view-overview = Overview
results-view-findings = Findings
results-view-inspector = Inspector
results-view-assessed = What was assessed
assessed-open = Details
assessed-about = A scan without findings says nothing about what it did not assess.
compare-view-overview = Overview
compare-view-charts = Charts
compare-view-lists = Vulnerabilities

meanwhile = What happens meanwhile
meanwhile-found = Amazon ECR tells Amazon Inspector that an image was pushed. Only repositories that a filter matches are reported.
meanwhile-read = Inspector reads the layers without running the image: the operating system, its list of packages, and the JAR, npm, Python and Go files that are inside.
meanwhile-matched = Each package with its version is compared with known vulnerabilities. What Inspector cannot read is not assessed, which is not the same as safe.
meanwhile-batches = Findings arrive in batches, and the status says complete before the last of them. So the lab waits until both counts stand still.
