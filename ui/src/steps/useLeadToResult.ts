/** Leads the eye of a person who watches the progress: to it when the step is started, and to the result when it has ended. */
import { useEffect, useRef, type RefObject } from "react";
import { partInView } from "./usePart";

/** Returns the reference for the element that holds the result. */
export function useLeadToResult(running: boolean, done: boolean): RefObject<HTMLDivElement | null> {
  const result = useRef<HTMLDivElement>(null);
  const wasRunning = useRef(running);
  useEffect(() => {
    const ended = wasRunning.current && !running;
    wasRunning.current = running;
    // Who reads another part meanwhile is left there.
    if (!ended || !done || partInView() !== "do") return;
    const element = result.current;
    if (element && element.childElementCount > 0) element.scrollIntoView({ block: "start" });
  }, [running, done]);
  return result;
}
