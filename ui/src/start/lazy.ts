/** Parts that the start screen does not always show: each a chunk of its own. */

/** The form that creates a run. */
export const loadNewRun = () => import("./NewRun");

/** A run that was not finished. */
export const loadUnfinishedRun = () => import("./UnfinishedRun");

/** A run that was finished. */
export const loadFinishedRun = () => import("./FinishedRun");
