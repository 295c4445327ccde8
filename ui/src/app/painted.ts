/** Tells the shell that the first screen is there, so that the window may be seen. */
import { commands } from "../ipc/door";

/** A hidden window may draw no frames: then a moment after the layout is as good. */
const AT_MOST = 80;

let told = false;

export function reportPainted(): void {
  if (told) return;
  told = true;
  let sent = false;
  const send = () => {
    if (sent) return;
    sent = true;
    // The shell shows the window by itself before long.
    commands.painted().catch(() => undefined);
  };
  requestAnimationFrame(() => requestAnimationFrame(send));
  setTimeout(send, AT_MOST);
}
