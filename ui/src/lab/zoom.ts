/** The steps by which the page is zoomed. */
import { ZOOM_LEVELS } from "../ipc/client";

/** The next level above or below a percentage, which need not be a level itself; the last one if there is no further. */
export function nextLevel(percent: number, direction: 1 | -1): number {
  const levels: readonly number[] = direction === 1 ? ZOOM_LEVELS : [...ZOOM_LEVELS].reverse();
  return levels.find((level) => (level - percent) * direction > 0) ?? levels.at(-1) ?? percent;
}
