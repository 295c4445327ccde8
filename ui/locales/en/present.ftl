# Presentation mode: the bar, the tools, the test from the last row.

present = Present
present-about = Full screen, in large type and strong colours: each part of a step is one screen. A clicker moves forward and back, runs the step and shows its result; b or the full stop makes the screen black, and Escape ends it.
present-start = Start presenting
present-end = End (Esc)
present-tools = Presenter’s tools
present-pointer = Pointer (P)
present-spotlight = Spotlight (S)
present-draw = Draw (D): the drawing vanishes with the screen
present-black = Black screen (B)
present-black-end = Show the page again
present-size = Size
present-waiting = Waiting for confirmation
present-waiting-about = This step changes a real AWS account. It runs once the presenter has confirmed the changes.
present-waiting-show = Show the changes and confirm
present-waiting-cancel = Do not run

calibrate = Test from the last row
calibrate-about = Go to the last row, or ask someone there: can this be read? Make it larger until it can. The size is kept for presenting.
calibrate-readable = It can be read
calibrate-usual = Usual size
