/** When the first screen is painted. */
import { commands } from "../ipc/client";

let told = false;
let tell: () => void;

/** Comes when the first screen is painted: what is wanted only then is fetched after it. */
export const painted = new Promise<void>((resolve) => {
  tell = resolve;
});

/** The first screen is laid out: it is painted with the next frame. */
export function reportReady(): void {
  if (told) return;
  told = true;
  const end = () => {
    // The shell only measures it.
    commands.painted().catch(() => undefined);
    tell();
  };
  requestAnimationFrame(() => requestAnimationFrame(end));
}
