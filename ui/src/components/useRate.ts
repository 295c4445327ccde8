/** The rate at which an amount grows, averaged over the last few seconds. */
import { useEffect, useRef, useState } from "react";

/** Milliseconds. */
const SAMPLE_INTERVAL = 500;
const WINDOW = 5000;

/** Per second; null before there are two samples. */
export function useRate(amount: number, running: boolean): number | null {
  const newest = useRef(amount);
  const [rate, setRate] = useState<number | null>(null);
  useEffect(() => {
    newest.current = amount;
  });
  useEffect(() => {
    if (!running) return;
    const samples: { at: number; amount: number }[] = [];
    const timer = setInterval(() => {
      const now = { at: performance.now(), amount: newest.current };
      samples.push(now);
      while (samples[0] && now.at - samples[0].at > WINDOW) samples.shift();
      const first = samples[0];
      if (first && now.at > first.at) setRate(((now.amount - first.amount) / (now.at - first.at)) * 1000);
    }, SAMPLE_INTERVAL);
    return () => { clearInterval(timer); };
  }, [running]);
  return running ? rate : null;
}
