# Texts of the charts and their controls.

chart-severity = Vulnerabilities by severity
chart-severity-says = { $total ->
    [one] One vulnerability
   *[other] { $total } vulnerabilities
 }: { $critical } critical, { $high } high.
chart-packages = { $top ->
    [one] The package with the most vulnerabilities
   *[other] The { $top } packages with the most vulnerabilities
 }
chart-packages-says = { $first } has the most: { $count } vulnerabilities. A vulnerability of several packages counts in each. In all, { $all ->
    [one] one package is
   *[other] { $all } packages are
 } vulnerable.
chart-layers = Vulnerabilities by image layer
chart-layers-says = Layer { $first } brought the most: { $count } vulnerabilities. A vulnerability in several layers counts in each. { $none } have no layer. In all, { $all ->
    [one] one layer holds
   *[other] { $all } layers hold
 } vulnerable packages.
chart-risk = How severe, how likely to be exploited
chart-risk-says = { $shown ->
    [one] One vulnerability
   *[other] { $shown } vulnerabilities
 } by CVSS score (across) and EPSS (up): the further to the upper right, the sooner to fix. { $kev ->
    [one] One point is
   *[other] { $kev } points are
 } known to be exploited (KEV). { $none } without a score or EPSS are not shown.
chart-risk-kev-unknown = Of { $unknown } it is not known whether they are exploited, because their details were not read.
chart-axis-score = CVSS score
chart-axis-epss = EPSS (chance of exploitation within 30 days)
chart-point-more = { $name } and { $more } more
chart-point-kev = Known to be exploited (KEV)
chart-ring-kev = Thick outline: known to be exploited (KEV)
chart-fix = Fix available or not
chart-fix-says = { $fixable } of { $total } vulnerabilities ({ $share }) go away when the package is updated.
fix-yes = Fix available
fix-no = No fix yet
fix-partial = Fix for some
fix-unknown = Not reported
chart-before-after = Severity before and after
chart-before-after-says = From { $before } to { $after } vulnerabilities.
chart-fates = Result for each package
chart-fates-says = { $package } lost the most: { $fixed } vulnerabilities. Shown { $count ->
    [one] is the package
   *[other] are the { $count } packages
 } that changed the most.
chart-share = { $count } vulnerabilities ({ $share })
chart-stack = { $name }: { $count } vulnerabilities
chart-nothing = Nothing to show.

chart-full = { $title }: full screen
full-close = Close the full screen
chart-show-table = { $title }: show as a table
chart-hide-table = { $title }: hide the table
chart-table-of = { $title }, as a table
chart-save = { $title }: save as an image
chart-save-png = Save as PNG
chart-save-svg = Save as SVG
chart-pick = Filter the table by { $name }
chart-unpick = Remove the filter { $name }
chart-picked = The table below shows only “{ $name }”.
chart-clear = Clear

charts-title = Charts
charts-about = Select a part of a chart to filter the table below by it. Select it again to undo.
charts-failed = The charts could not be drawn
