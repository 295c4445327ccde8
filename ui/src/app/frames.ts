/** The window around a step: a chunk of its own, fetched once the start screen is there. */

export const loadStepsFrame = () => import("./StepsFrame");
