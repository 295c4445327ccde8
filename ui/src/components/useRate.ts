/** How fast an amount grows: over the last few seconds, not since the beginning. */
import { useEffect, useRef, useState } from "react";

const EVERY = 500;
const OVER = 5000;

/** Per second; null before it can be told. */
export function useRate(amount: number, running: boolean): number | null {
  const newest = useRef(amount);
  const [rate, setRate] = useState<number | null>(null);
  useEffect(() => {
    newest.current = amount;
  });
  useEffect(() => {
    if (!running) return;
    const seen: { at: number; amount: number }[] = [];
    const timer = setInterval(() => {
      const now = { at: performance.now(), amount: newest.current };
      seen.push(now);
      while (seen[0] && now.at - seen[0].at > OVER) seen.shift();
      const first = seen[0];
      if (first && now.at > first.at) setRate(((now.amount - first.amount) / (now.at - first.at)) * 1000);
    }, EVERY);
    return () => { clearInterval(timer); };
  }, [running]);
  return running ? rate : null;
}
