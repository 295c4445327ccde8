/** What the window shows besides the start screen: a chunk of its own. */

/** The frame around a step. */
export const loadStepsFrame = () => import("./StepsFrame");
