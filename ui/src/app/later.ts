/** What is not on the first screen, or not always: each a chunk of its own. */

/** The window around a step. */
export const loadStepsFrame = () => import("./StepsFrame");

/** The form that begins a run. */
export const loadBegin = () => import("../start/Begin");

/** A run that was not finished. */
export const loadUnfinished = () => import("../start/Unfinished");
