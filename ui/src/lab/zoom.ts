/** The steps by which the page is zoomed, and the zoom at which it is presented. */
import { ZOOM_LEVELS } from "../ipc/client";

/** The next level above or below a percentage, which need not be a level itself; the last one if there is no further. */
export function nextLevel(percent: number, direction: 1 | -1): number {
  const levels: readonly number[] = direction === 1 ? ZOOM_LEVELS : [...ZOOM_LEVELS].reverse();
  return levels.find((level) => (level - percent) * direction > 0) ?? levels.at(-1) ?? percent;
}

/** The size of the page's text at 100 %, in pixels. */
const BASE = 14;
/** The least size of text that is presented, in pixels, and as a share of the picture's height. */
const LEAST = 22;
const LEAST_SHARE = 0.018;

/** The zoom at which text can be read from the last row of a usual room, on a screen of this height in pixels. */
export function presentationZoom(height: number): number {
  const size = Math.max(LEAST, height * LEAST_SHARE);
  return Math.min(Math.ceil((size / BASE) * 100), ZOOM_LEVELS.at(-1) ?? 100);
}
