/** What the start screen shows only when it is asked for, or where a run was left: each a chunk of its own. */

export const loadBegin = () => import("./Begin");

export const loadUnfinished = () => import("./Unfinished");
