# Topics of the help panel.

help-start-title = About this lab
help-start = Seven steps, each with the same parts: why, what will change, do, check.
help-engine-title = Image engines
help-engine = The program that pulls and pushes images.
