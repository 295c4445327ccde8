/** How fast several amounts grow, smoothed, and how long each of them took. */
import { useEffect, useRef, useState } from "react";

const EVERY = 400;
/** How much the newest stretch counts. */
const WEIGHT = 0.35;

/** Per second, by name. Amounts that stand still slow down to nothing. */
export function useRates(amounts: ReadonlyMap<string, number>, running: boolean): ReadonlyMap<string, number> {
  const newest = useRef(amounts);
  const [paces, setPaces] = useState<ReadonlyMap<string, number>>(new Map());
  useEffect(() => {
    newest.current = amounts;
  });
  useEffect(() => {
    if (!running) return;
    let before = { at: performance.now(), amounts: newest.current };
    const timer = setInterval(() => {
      const now = { at: performance.now(), amounts: newest.current };
      const seconds = (now.at - before.at) / 1000;
      const last = before;
      before = now;
      setPaces((paces) => {
        const next = new Map<string, number>();
        for (const [name, amount] of now.amounts) {
          const pace = Math.max(0, amount - (last.amounts.get(name) ?? 0)) / seconds;
          const smoothed = paces.get(name);
          next.set(name, smoothed === undefined ? pace : smoothed + WEIGHT * (pace - smoothed));
        }
        return next;
      });
    }, EVERY);
    return () => { clearInterval(timer); };
  }, [running]);
  return running ? paces : NONE;
}

const NONE: ReadonlyMap<string, number> = new Map();

export interface TimedItem {
  /** Whether it is over. */
  done: boolean;
  /** Whether something has happened already: at first sight that means that the beginning was missed. */
  begun: boolean;
}

/** Seconds that each took, of those whose beginning and end were seen. */
export function useDurations(watched: ReadonlyMap<string, TimedItem>): ReadonlyMap<string, number> {
  const starts = useRef(new Map<string, number | null>());
  const watching = useRef(false);
  const [took, setTook] = useState<ReadonlyMap<string, number>>(new Map());
  useEffect(() => {
    const now = performance.now();
    for (const [name, { done, begun }] of watched) {
      const start = starts.current.get(name);
      if (start === undefined) starts.current.set(name, done || (begun && !watching.current) ? null : now);
      else if (start !== null && done) {
        starts.current.set(name, null);
        setTook((took) => new Map(took).set(name, (now - start) / 1000));
      }
    }
    // What begins from now on begins before our eyes.
    watching.current = true;
  }, [watched]);
  return took;
}
