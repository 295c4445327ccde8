# What every step says: its four parts, running, checking, progress, problems.

loading = Loading…
warning = Warning
note = Note
problem = Problem
try-again = Try again
copied = Copied
copy-failed = Could not copy
copy-details = Copy details
opens-in-browser = Opens in the browser
problem-what-to-do = What to do:
problem-details = Details
problem-defect = Something unexpected went wrong in the app.
problem-defect-hint = Try again. If it happens again, copy the details and report them. Your progress is saved.

step-count = Step { $number } of 7
step-neighbours = Between the steps
step-previous = Previous: { $title }
step-next = Next: { $title }
step-begin-anew = Begin a new run

part-why = Why
part-preview = What will change
part-preview-about = Read from the account as it is now. Nothing has been changed yet.
part-preview-again = Read from the account as it is now: what running the step again would do.
part-do = Do
part-do-about = Let the app do it, or do it in your own terminal. The result is the same.
part-check = Check my progress
part-check-about = Reads back what is really there, no matter who did the step.

preview-caption = What this step changes
preview-what = What
preview-kind = Change
preview-before = Now
preview-after = After
preview-none = None
preview-same = No change
preview-cost = Cost:
preview-nothing = This step changes nothing.
preview-loading = Reading what is there now…
preview-failed = What is there now could not be read
preview-reload = Read it again
change-create = Create
change-replace = Change
change-keep = Keep
change-delete = Delete
change-restore = Restore

do-app = Run it for me
do-hand = I'll do it myself
do-run = Run
do-run-again = Run again
do-running = Running
do-cancel = Stop
do-undo = Take it back
do-blocked = The step “{ $title }” is running. This one can be run when it has ended.
standing-running = Running · { $time }
standing-undoing = Taking it back · { $time }
standing-done = Done · { $time }
standing-undone = Taken back
standing-cancelled = Stopped. Run it again to go on from there.
standing-failed = Failed
standing-interrupted = Interrupted when the app was closed. Run it again to go on from there.
said-running = The step { $title } is running.
said-undoing = The step { $title } is being taken back.
said-done = The step { $title } has ended.
said-failed = The step { $title } has failed.
said-cancelled = The step { $title } was stopped.

hand-practice = Paste these variables into a terminal first: what is run in that terminal then goes to the practice cloud. Keep this app open meanwhile.
hand-aws = Run these in a terminal that has the credentials of the profile that you chose.
hand-environment = Environment variables
copy-environment = Copy the environment variables
copy-command = Copy the command: { $what }
copy-all-commands = Copy all commands

check-now = Check my progress
check-failed = The check could not be made
check-reading = Reading what is really there…
check-not-yet = Not checked yet. After the app has run the step, it checks by itself.
check-met = Met
check-not-met = Not met
check-unknown = Unknown
check-complete = Every item is met ({ $all }).
check-incomplete = { $met } of { $all } items are met.

agree-title = Change your AWS account?
agree-undo-title = Take this step back?
agree-step = Step
agree-about = If you agree, this is changed in your own AWS account:
agree-undo-about = If you agree, only what this step made is deleted, and what it changed becomes what it was.
agree-yes = Agree and run
agree-undo-yes = Agree and take back
agree-no = Cancel

transfer-pull = Pulling { $reference }
transfer-pull-done = Pulled { $reference }
transfer-push = Pushing { $reference }
transfer-push-done = Pushed { $reference }
transfer-layers = { $count ->
    [one] { $count } layer
   *[other] { $count } layers
    }
transfer-there = { $count } there already
transfer-rate = { $rate } per second
transfer-left = about { $time } left
layer-of = { $current } of { $total }
layer-waiting = Waiting
layer-moving = Moving
layer-unpacking = Unpacking
layer-done = Done
layer-exists = There
layer-mounted = Reused
layer-retrying = Retrying
progress-loaded = { $count } findings read

scan-of = Scan of { $repository }
scan-elapsed = Elapsed
scan-ecr = ECR findings
scan-inspector = Inspector findings
scan-status = ECR says
scan-coverage = Inspector says
scan-silent = Nothing yet
scan-phase-not-known = Not known yet
scan-phase-pending = Waiting for its turn
scan-phase-arriving = Still arriving
scan-phase-stable = Stable
scan-phase-stopped = No findings to come
scan-phase-given-up = Took too long
scan-means-not-known = The service does not know the image yet. That takes a moment after a push.
scan-means-pending = The scan is in the queue.
scan-means-arriving = The counts still move. More may come even when the status says complete.
scan-means-stable = The counts of both services stand still.
scan-means-stopped = This scan will have no findings.
scan-means-given-up = It did not end in time. Findings may still come later.

severity-critical = Critical
severity-high = High
severity-medium = Medium
severity-low = Low
severity-informational = Informational
severity-untriaged = Untriaged
