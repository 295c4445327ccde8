/** The time elapsed since a moment, updated every second. */
import { useEffect, useState } from "react";

/** Seconds since `since` (milliseconds since the epoch); null if `since` is null. */
export function useElapsed(since: number | null): number | null {
  const [now, setNow] = useState(0);
  useEffect(() => {
    if (since === null) return;
    const tick = () => { setNow(Date.now()); };
    tick();
    const timer = setInterval(tick, 1000);
    return () => { clearInterval(timer); };
  }, [since]);
  return since === null ? null : Math.max(0, Math.floor((now - since) / 1000));
}
