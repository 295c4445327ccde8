# The window itself: top bar, step list, help, transcript, preferences, about.

app-title = Image Security Lab
skip-to-content = Skip to the content
boot-failed = The app could not start

mode-label = Mode
mode-none = Not started
mode-practice = Practice mode
mode-aws = AWS mode
clock-badge = Practice clock: +{ $length }
clock-badge-unknown = Practice clock: not read

account = Account
account-masked = ending in { $end }
account-unknown = Not known yet
region = Region

language = Language
language-switch = 한국어: switch the language
language-other = 한국어
language-ko = 한국어
language-en = English
language-system = As the system has it
theme = Theme
theme-to-dark = Switch to the dark theme
theme-to-light = Switch to the light theme
theme-light = Light
theme-dark = Dark
theme-system = As the system has it

menu = Settings and about
zoom = Zoom: { $percent } %
zoom-in = Larger
zoom-out = Smaller
zoom-reset = 100 %
full-screen = Full screen
preferences = Preferences
shortcuts = Keyboard shortcuts
about = About
close = Close
dismiss = Dismiss

mask-account = Hide the account number
mask-about = Only the last four digits are shown, for when others look on. Files that you save meanwhile are masked too: accounts, users, roles and folders.
never-here = Excluded accounts
never-here-about = Account ids, separated by spaces or commas. Changing one of these accounts needs a second confirmation.

landmark-steps = Steps of the lab
landmark-help = Help
steps-title = Steps
steps-open = Open the list of steps
steps-close = Close the list of steps
help = Help
help-back = Back to the topic before
help-close = Close help
info = Info
info-about = Info: { $topic }

look-pending = Not started
look-running = Running
look-interrupted = Interrupted, run it again
look-complete = Done, all checks passed
look-byhand = Done by hand, all checks passed
look-done = Done, not checked
look-unmet = { $met } of { $all } items met
look-failed = Failed
look-cancelled = Stopped
look-stale = Out of date: an earlier step was undone
look-undone = Undone

notices = Notices
transcript = Transcript
transcript-title = Transcript ({ $count })
transcript-open = Open the transcript
transcript-close = Close the transcript
transcript-resize = Resize the transcript
transcript-caption = Calls to AWS and commands to the image engine
transcript-step = Step
transcript-every-step = Every step
transcript-service = Service
transcript-every-service = Every service
transcript-errors = Only errors
transcript-count = { $shown } of { $all }
transcript-copy-all = Copy all
transcript-copy-line = Copy this line
transcript-time = Time
transcript-operation = Operation
transcript-detail = Details
transcript-took = Duration
transcript-ending = Result
transcript-earlier = Show { $count } earlier entries
transcript-follow = Go to the newest entry
transcript-empty = No entries yet. Every call is listed here once a step is run or checked.
transcript-no-match = No matches.
service-ecr = Amazon ECR
service-inspector = Amazon Inspector
service-iam = AWS IAM
service-sts = AWS STS
service-engine = Image engine
service-lab = Lab
ending-ok = OK
ending-error = Error
ending-cancelled = Stopped

shortcut-keys = Keys
shortcut-does = Action
shortcut-perform = Do the next thing: the button at the bottom right
shortcut-part-next = Go to the next part of the step
shortcut-part-previous = Go to the previous part of the step
shortcut-step = Go to the step with that number
shortcut-check = Check my progress
shortcut-help = Open or close help
shortcut-transcript = Open or close the transcript
shortcut-language = Switch language
shortcut-zoom-in = Make everything larger (also with the mouse wheel)
shortcut-zoom-out = Make everything smaller
shortcut-zoom-reset = Back to the usual size
shortcut-full-screen = Begin or end full screen
shortcut-present = Begin or end presenting (also Ctrl+Shift+P). Page up and down move back and forward, b makes the screen black
shortcut-shortcuts = Show this list

about-version = Version { $version }
about-licence = Licensed under Apache-2.0 or MIT
about-text = A lab about Amazon ECR enhanced scanning: turn it on yourself, and learn what the scanner reports and what it does not. The images of practice mode are replicas with the layers and package metadata of the real ones and without their vulnerable code. Not affiliated with or endorsed by Amazon Web Services.
about-sources = Sources of the vulnerability data
about-nvd = - descriptions and CVSS scores. Not endorsed or certified by the NVD.
about-epss = - how likely a vulnerability is to be exploited, by FIRST.
about-kev = - vulnerabilities known to have been exploited.
about-shoulders = Open-source components

step-prepare-title = Prepare
step-scanning-title = Configure scanning
step-repositories-title = Create repositories
step-push-title = Push the image
step-results-title = Read the results
step-remediate-title = Fix and compare
step-cleanup-title = Clean up
