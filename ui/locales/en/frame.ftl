# Texts that all steps share: the four parts, running, checking, progress, problems.

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
step-neighbours = Previous and next step
step-previous = Previous: { $title }
step-next = Next: { $title }
step-begin-anew = Start a new run

part-why = Why
part-preview = What will change
part-preview-about = Read from the account just now. Nothing has been changed yet.
part-preview-applied = This run has made these changes. The table shows the state before and after them.
part-preview-again = Read from the account just now: what running the step again would change.
part-do = Do
part-do-about = Let the app do it, or do it in your own terminal. The result is the same.
part-check = Check my progress
part-check-about = Reads the actual state, no matter who did the step.

preview-caption = What this step changes
preview-what = What
preview-kind = Change
preview-before = Now
preview-after = After
preview-none = None
preview-same = No change
preview-cost = Cost:
preview-nothing = This step changes nothing.
preview-loading = Reading the current state…
preview-failed = The current state could not be read
preview-reload = Read again
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
do-undo = Undo
do-blocked = The step “{ $title }” is running. You can run this one when it has finished.
standing-running = Running · { $time }
standing-undoing = Undoing · { $time }
standing-done = Done · { $time }
standing-stale = Out of date: an earlier step was undone
step-stale = An earlier step was undone after this one was run, so the results of this step are out of date. Run the earlier step again, then this one.
standing-undone = Undone
standing-cancelled = Stopped. Run it again to continue from there.
standing-failed = Failed
standing-interrupted = Interrupted when the app was closed. Run it again to continue from there.
said-running = The step { $title } is running.
said-undoing = The step { $title } is being undone.
said-done = The step { $title } has finished.
said-failed = The step { $title } has failed.
said-cancelled = The step { $title } was stopped.

hand-practice = Paste these variables into a terminal first: commands in that terminal then go to the practice cloud. Keep this app open meanwhile.
hand-aws = Run these in a terminal that has the credentials of the profile you chose.
hand-environment = Environment variables
copy-environment = Copy the environment variables
copy-command = Copy the command: { $what }
copy-all-commands = Copy all commands

check-now = Check my progress
check-failed = The check could not be completed
check-reading = Reading the actual state…
check-not-yet = Not checked yet. After the app has run the step, it checks automatically.
check-met = Met
check-not-met = Not met
check-unknown = Unknown
check-complete = Every item is met ({ $all }).
check-incomplete = { $met } of { $all } items are met.

agree-title = Change your AWS account?
agree-undo-title = Undo this step?
agree-step = Step
agree-about = If you agree, these changes are made in your own AWS account:
agree-registry = Applies to the whole registry
agree-digits = The account's last four digits
agree-digits-about = Type them to confirm that this is the account to change.
agree-caution-title = Change this account nevertheless?
agree-caution-about = Its last four digits are confirmed. This account needs a second confirmation:
agree-caution-yes = Change it nevertheless
agree-undo-about = If you agree, only what this step created is deleted, and what it changed is restored.
agree-yes = Agree and run
agree-undo-yes = Agree and undo
agree-no = Cancel

transfer-pull = Pulling { $reference }
transfer-pull-done = Pulled { $reference }
transfer-push = Pushing { $reference }
transfer-push-done = Pushed { $reference }
transfer-layers = { $count ->
    [one] { $count } layer
   *[other] { $count } layers
    }
transfer-there = { $count } already present
transfer-rate = { $rate } per second
transfer-left = about { $time } left
layer-of = { $current } of { $total }
layer-waiting = Waiting
layer-moving = Moving
layer-unpacking = Unpacking
layer-done = Done
layer-exists = Already present
layer-mounted = Reused
layer-retrying = Retrying
progress-loaded = { $count } findings read

scan-of = Scan of { $repository }
scan-elapsed = Elapsed
scan-ecr = ECR findings
scan-inspector = Inspector findings
scan-status = ECR status
scan-coverage = Inspector coverage
scan-silent = Nothing yet
scan-phase-not-known = Not known yet
scan-phase-pending = Waiting in the queue
scan-phase-arriving = Still arriving
scan-phase-stable = Stable
scan-phase-stopped = No findings will follow
scan-phase-given-up = Timed out
scan-means-not-known = The service does not know the image yet. That takes a moment after a push.
scan-means-pending = The scan is in the queue.
scan-means-arriving = Still checking whether the counts are final. More findings may follow even when the status says complete.
scan-means-stable = The counts of both services have stopped changing.
scan-means-stopped = This scan will have no findings.
scan-means-given-up = It did not finish in time. Findings may still follow.

severity-critical = Critical
severity-high = High
severity-medium = Medium
severity-low = Low
severity-informational = Informational
severity-untriaged = Untriaged
