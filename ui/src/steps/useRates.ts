/** Smoothed growth rates of several amounts, and the durations of several operations. */
import { useEffect, useRef, useState } from "react";

/** Milliseconds. */
const SAMPLE_INTERVAL = 400;
/** The weight of the newest sample in the moving average, from 0 to 1. */
const WEIGHT = 0.35;

/** Rates per second, by name. The rate of an amount that no longer grows falls towards 0. */
export function useRates(amounts: ReadonlyMap<string, number>, running: boolean): ReadonlyMap<string, number> {
  const newest = useRef(amounts);
  const [rates, setRates] = useState<ReadonlyMap<string, number>>(new Map());
  useEffect(() => {
    newest.current = amounts;
  });
  useEffect(() => {
    if (!running) return;
    let previous = { at: performance.now(), amounts: newest.current };
    const timer = setInterval(() => {
      const now = { at: performance.now(), amounts: newest.current };
      const seconds = (now.at - previous.at) / 1000;
      const last = previous;
      previous = now;
      setRates((rates) => {
        const next = new Map<string, number>();
        for (const [name, amount] of now.amounts) {
          const rate = Math.max(0, amount - (last.amounts.get(name) ?? 0)) / seconds;
          const smoothed = rates.get(name);
          next.set(name, smoothed === undefined ? rate : smoothed + WEIGHT * (rate - smoothed));
        }
        return next;
      });
    }, SAMPLE_INTERVAL);
    return () => { clearInterval(timer); };
  }, [running]);
  return running ? rates : NONE;
}

const NONE: ReadonlyMap<string, number> = new Map();

export interface TimedItem {
  /** Whether it has ended. */
  done: boolean;
  /** Whether it has made progress. If so on the first render, its start was missed and its duration is unknown. */
  started: boolean;
}

/** Durations in seconds, by name, of the items whose start and end were both observed. */
export function useDurations(items: ReadonlyMap<string, TimedItem>): ReadonlyMap<string, number> {
  const starts = useRef(new Map<string, number | null>());
  const mounted = useRef(false);
  const [durations, setDurations] = useState<ReadonlyMap<string, number>>(new Map());
  useEffect(() => {
    const now = performance.now();
    for (const [name, { done, started }] of items) {
      const start = starts.current.get(name);
      if (start === undefined) starts.current.set(name, done || (started && !mounted.current) ? null : now);
      else if (start !== null && done) {
        starts.current.set(name, null);
        setDurations((durations) => new Map(durations).set(name, (now - start) / 1000));
      }
    }
    // From now on the start of every new item is observed.
    mounted.current = true;
  }, [items]);
  return durations;
}
