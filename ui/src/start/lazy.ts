/** What the start screen does not always show: each a chunk of its own. */

/** The form that begins a run. */
export const loadBegin = () => import("./Begin");

/** A run that was not finished. */
export const loadUnfinished = () => import("./Unfinished");
