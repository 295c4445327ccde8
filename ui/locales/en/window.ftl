### Texts of the window's own commands.

problem-nothing-open = No run is open.
problem-nothing-open-hint = Go to the start screen, and start or continue a run.
problem-no-such-job = That task no longer exists.
problem-no-such-job-hint = Check the state of the step, and run it again if it is not done.
problem-findings = The findings could not be read.
problem-findings-hint = Try again. If it fails again, run the step Read the results once more.
problem-filter-value = “{ $value }” cannot be compared with this property.
problem-filter-value-hint = Change the condition: scores and probabilities are numbers such as 7.5, times are written like 2021-12-10, severities are given by name.
problem-filter-too-deep = The filter's groups are nested too deeply.
problem-filter-too-deep-hint = Remove a group from the filter.
problem-preferences = Your preferences could not be saved.
problem-preferences-hint = Check that the data folder is writable and that the disk is not full.
problem-link-refused = This link was not opened: { $url }
problem-link-refused-hint = Only pages that the lab refers to are opened. Copy the address if you trust it.
problem-link-failed = The browser could not be opened for { $url }.
problem-link-failed-hint = Copy the address into your browser.
problem-chart-refused = The chart could not be saved.
problem-chart-refused-hint = Show it again, then try again.
problem-open-failed = The file { $path } could not be opened.
problem-open-failed-hint = Open it yourself: it is saved there.
problem-save-failed = The file { $path } could not be saved.
problem-save-failed-hint = Choose another folder, or check whether the disk is full.
problem-plan-fixed = The plan can no longer be changed: a step has already used it.
problem-plan-fixed-hint = Clean up, then start a new run with another plan.
problem-window-no-display = There is no display here, so no window can be opened.
problem-window-no-display-hint = Set DISPLAY or WAYLAND_DISPLAY, or run the lab in the terminal with `imagelab run`.
