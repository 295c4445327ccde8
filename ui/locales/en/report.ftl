# Texts of the evidence report.

report-title = Image security lab: evidence
report-made-by = Made by imagelab { $version }. This file runs no scripts and loads nothing.

report-mode-practice = PRACTICE
report-mode-aws = AWS account
report-mode-endpoint = Endpoint { $endpoint }, not AWS
report-note-practice = Practice: this ran against the practice cloud on this machine, with a fictitious account and replicas of images that contain no vulnerable code. The vulnerabilities that it reports are real; nothing in this report is about an AWS account.
report-note-aws = This ran against an AWS account.
report-note-endpoint = This ran against the endpoint { $endpoint }, not AWS. Nothing in this report is about an AWS account.

report-verdict-met = All { $all } checks are met.
report-verdict-unasked = { $met } of { $all } checks are met, { $unasked } not asked.
report-verdict-open = { $met } of { $all } checks are met.

report-overview = At a glance
report-figure-repository = vulnerabilities in { $repository } ({ $findings } findings)
report-figure-unknown = vulnerabilities in { $repository }: { $reason }
report-figure-log4shell = Log4Shell (CVE-2021-44228)
report-figure-fixed = vulnerabilities fixed by the patched image ({ $remaining } remain, { $new } new)
report-found = Found
report-not-assessed = Not fully assessed
report-not-found = Not found
report-assessed = What was assessed in { $repository }: { $assessed }
report-assessed-unstated = the service does not state it.
report-assessed-unreadable = What was assessed is not known: this version cannot read what the service states.
report-assessed-system = Operating system { $name }: assessed.
report-assessed-system-not-in-catalogue = Operating system { $name }: not assessed, the catalogue does not have it.
report-assessed-system-no-package-list = Operating system { $name }: not assessed, it has no list of packages that can be read.
report-assessed-system-not-identified = Operating system: not assessed, no file identifies it.
report-assessed-packages = Packages: { $total } found, { $listed } known to the catalogue, { $unlisted } unknown to it.
report-assessed-unidentified = JARs not identified: { $count }.
report-assessed-skipped = Files skipped: { $count }.
report-assessed-skipped-file = { $path }: { $reason }.
report-assessed-limit = Left out at a limit: { $limit }.
report-assessed-lab-only = Catalogue: built-in ({ $version }), which covers only the lab.
report-watching-ended = { $repository }: Amazon Inspector no longer watches the image, and has closed its findings. Those shown here were read before; the image is the same.
report-assessed-imported = Catalogue: built-in ({ $version }), and { $entries } { $entries ->
    [one] entry
   *[other] entries
 } of advisories imported on { $date }.
report-reason-not-scanned = Not scanned
report-reason-no-longer-watched = No longer watched
report-reason-not-read = Not read
report-reason-unsupported = Cannot be scanned
report-reason-failed = The scan failed
report-account = Account
report-region = Region
report-engine = Image engine
report-engine-builtin = Built-in engine
report-engine-docker = Docker
report-image = Image
report-fixed-image = Patched image
report-filter = Scanning filter
report-started = Started
report-made = Report made
report-run = Run
report-unknown = Unknown
report-yes = Yes
report-no = No

report-repositories = Repositories
report-repositories-why = The same image, in a repository that the scanning configuration matches and in one that it does not. An image that is not scanned shows no findings; that does not mean that it has no vulnerabilities.
report-repository = Repository
report-watched = Scanned
report-findings = Findings
report-log4shell = Log4Shell
report-digest = Digest

report-severity = Severity
report-severity-critical = Critical
report-severity-high = High
report-severity-medium = Medium
report-severity-low = Low
report-severity-informational = Informational
report-severity-untriaged = Untriaged

report-scan = Findings: { $image }
report-scan-counts = { $findings } { $findings ->
    [one] finding
   *[other] findings
 } of { $unique } { $unique ->
    [one] vulnerability
   *[other] vulnerabilities
 } in { $packages } { $packages ->
    [one] package
   *[other] packages
 }.
report-scan-empty = The scan has no findings in what it assessed. What it did not assess may have vulnerabilities.
report-as-table = Show as a table
report-as-commands = The equivalent commands
report-unique = Vulnerabilities
report-vulnerabilities = vulnerabilities
report-score = Score
report-epss = EPSS
report-kev = CISA KEV
report-kev-short = KEV
report-suppressed = suppressed
report-suppressed-findings = { $repository }: { $count ->
    [one] { $count } of these findings is
   *[other] { $count } of these findings are
} suppressed by filters of the account. They are hidden there, not fixed.
report-vulnerability = Vulnerability
report-package = Package
report-version = Version
report-fixed-in = Fixed in
report-no-score = No score
report-vulnerability-list = Vulnerabilities, the most severe first
report-more = { $count } more
report-listed = The first { $shown } of { $all } are listed. The JSON report has all of them.

report-chart-severity = Vulnerabilities by severity
report-chart-severity-says = { $total } vulnerabilities in { $findings } findings: { $critical } critical, { $high } high.
report-chart-bands = Vulnerabilities by score
report-chart-bands-says = { $high } vulnerabilities have a score of 7 or more. { $none } have no score.
report-chart-packages = Packages with the most vulnerabilities
report-chart-packages-says = { $first } has the most: { $count } vulnerabilities. A vulnerability of several packages counts in each. { $all } packages have vulnerabilities.
report-chart-packages-label = Package
report-chart-layers = Vulnerabilities by image layer
report-chart-layers-says = Layer { $first } brought the most: { $count } vulnerabilities. A vulnerability in several layers counts in each. { $all } layers have vulnerabilities; { $none } vulnerabilities have no layer.
report-chart-layers-label = Layer
report-chart-scatter = How severe, how likely to be exploited
report-chart-scatter-says = { $shown } vulnerabilities by score (CVSS) and by the chance of exploitation within 30 days (EPSS). { $kev } are known to be exploited (CISA KEV). { $none } have no score or no EPSS and are not shown.
report-chart-scatter-says-unknown = { $shown } vulnerabilities by score (CVSS) and by the chance of exploitation within 30 days (EPSS). { $kev } are known to be exploited (CISA KEV); of { $unknown } it is not known, because their details were not read. { $none } have no score or no EPSS and are not shown.
report-axis-score = Score (CVSS)
report-axis-epss = EPSS (square-root scale)
report-kev-ring = ringed: known to be exploited (CISA KEV)

report-comparison = Before and after the fix
report-log4shell-gone = Log4Shell is gone from the patched image.
report-log4shell-stays = Log4Shell is not shown to be gone.
report-fate = Result by vulnerability
report-fate-fixed = Fixed
report-fate-new = New
report-fate-remaining = Remaining
report-fate-list = { $fate }: { $shown } of { $all } pairs of a vulnerability and a package
report-chart-fates = Vulnerabilities before and after
report-chart-fates-says = Vulnerabilities: { $fixed } fixed, { $new } new, { $remaining } remaining.
report-fate-pairs = By pair of a vulnerability and a package: { $fixed } fixed, { $new } new, { $remaining } remaining.
report-before = Before
report-after = After

report-steps = What was done
report-step-prepare = Prepare
report-step-scanning = Configure scanning
report-step-repositories = Create repositories
report-step-push = Push the image
report-step-results = Read the results
report-step-remediate = Fix and compare
report-step-cleanup = Clean up
report-state-pending = Not started
report-state-running = Interrupted
report-state-done = Done
report-state-failed = Failed
report-state-cancelled = Cancelled
report-state-undone = Undone
report-stale = An earlier step was undone since: these results are from before, and no longer hold.
report-took = { $seconds } s
report-met = Met
report-not-met = Not met

report-receipt = Clean-up receipt
report-receipt-none = Clean-up has not been run: what this run created still exists.
report-restored = The registry's scanning configuration is what it was before the lab.
report-not-restored = The registry's scanning configuration is not what it was before the lab.
report-deleted = Deleted
report-kept = Left unchanged
report-kind-repository = Repository
report-kind-image = Image
report-kind-local-image = Local image
report-kind-scanning-configuration = Scanning configuration
report-kind-inspector-scanning = Inspector's ECR scanning
report-kind-inspector-filter = Inspector's filter

report-transcript = Transcript
report-transcript-print = Open the record before printing to print it as an appendix.
report-transcript-count = { $count } calls and commands
report-time = Time (UTC)
report-service = Service
report-operation = Operation
report-detail = Details
report-duration = Duration
report-ending = Result
report-millis = { $millis } ms
report-ended-well = OK

report-sources = Sources
report-sources-why = The vulnerability data comes from these sources. Titles and descriptions were shortened.

problem-report-format = A report cannot be written to { $path }: its extension does not name a known format.
problem-report-format-hint = Give the file a name that ends in .html or .json.
problem-report-is-folder = A report cannot be written to { $path }: it is a folder.
problem-report-is-folder-hint = Name a file in that folder, such as { $path }/report.html.
problem-report-unwritable = The report cannot be written to { $path }.
problem-report-unwritable-hint = Choose a folder that exists and that you may write to.
problem-report-findings = The findings could not be read for the report.
problem-report-findings-hint = Try again. If it fails again, the data folder may be damaged or the disk full.
