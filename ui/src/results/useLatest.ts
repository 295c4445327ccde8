/**
 * Asking as someone types: at once, one question at a time, and only the newest one next. An answer that is not the
 * newest question's is dropped while that one is on its way.
 */
import { useCallback, useEffect, useRef, useState } from "react";
import { asProblem, type IpcError } from "../ipc/client";

export interface Newest<Q, A> {
  /** The last answer, and what it answers; kept while the next is awaited. */
  answer: { question: Q; data: A } | null;
  problem: IpcError | null;
  reload: () => void;
}

/** `question` must be the same object as long as it is the same question. */
export function useNewest<Q extends object, A>(question: Q, ask: (question: Q) => Promise<A>): Newest<Q, A> {
  const [answer, setAnswer] = useState<{ question: Q; data: A } | null>(null);
  const [problem, setProblem] = useState<IpcError | null>(null);
  const wanted = useRef<Q | null>(null);
  const asking = useRef(false);
  const asker = useRef(ask);
  useEffect(() => {
    asker.current = ask;
  });

  const go = useCallback(async () => {
    if (asking.current) return;
    asking.current = true;
    try {
      while (wanted.current !== null) {
        const now: Q = wanted.current;
        let got: { data: A } | { thrown: unknown };
        try {
          got = { data: await asker.current(now) };
        } catch (thrown) {
          got = { thrown };
        }
        if (wanted.current !== now) continue;
        wanted.current = null;
        if ("data" in got) {
          setAnswer({ question: now, data: got.data });
          setProblem(null);
        } else {
          setProblem(asProblem(got.thrown));
        }
      }
    } finally {
      asking.current = false;
    }
  }, []);

  useEffect(() => {
    wanted.current = question;
    void go();
    return () => {
      wanted.current = null;
    };
  }, [question, go]);

  const reload = useCallback(() => {
    wanted.current = question;
    void go();
  }, [question, go]);
  return { answer, problem, reload };
}
