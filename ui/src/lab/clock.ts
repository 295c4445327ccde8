/** The practice clock: how far it was moved forward, and moving it. Other processes can move it too, so it is read again. */
import { useCallback, useEffect, useState } from "react";
import { commands, type ShownClock } from "../ipc/client";
import { painted } from "./painted";

export interface PracticeClockState {
  /** Null while it is not read yet, and for an AWS account. */
  clock: ShownClock | null;
  readClock: () => Promise<void>;
  advanceClock: (days: number) => Promise<void>;
}

export function usePracticeClockState(): PracticeClockState {
  const [clock, setClock] = useState<ShownClock | null>(null);
  const readClock = useCallback(async () => {
    setClock(await commands.practiceClock());
  }, []);
  const advanceClock = useCallback(async (days: number) => {
    setClock(await commands.advancePractice(days));
  }, []);
  useEffect(() => {
    // What the clock says stays as it was, if it cannot be read: then the lab has a problem that its own commands report.
    const read = () => { readClock().catch(() => undefined); };
    void painted.then(read);
    window.addEventListener("focus", read);
    return () => { window.removeEventListener("focus", read); };
  }, [readClock]);
  return { clock, readClock, advanceClock };
}
