/** The moment of the first paint: work that can wait is started after it. */
import { commands } from "../ipc/client";

let reported = false;
let resolvePainted: () => void;

/** Resolves when the first screen is painted. */
export const painted = new Promise<void>((resolve) => {
  resolvePainted = resolve;
});

/** Call when the first screen is laid out; it is painted with the next frame. */
export function reportReady(): void {
  if (reported) return;
  reported = true;
  const end = () => {
    // The shell uses this for measurements only: a failure has no consequence.
    commands.painted().catch(() => undefined);
    resolvePainted();
  };
  requestAnimationFrame(() => requestAnimationFrame(end));
}
