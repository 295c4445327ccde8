# Words of the lab itself: checks, hints, problems.
