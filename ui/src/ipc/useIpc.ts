/** Asking the shell from a component: loading, an error that can be tried again, or the answer. */
import { useCallback, useEffect, useRef, useState } from "react";
import { asProblem, type IpcError } from "./client";

export interface QueryState<T> {
  /** The last answer; kept while it is asked again. */
  data: T | null;
  /** Why there is none. */
  problem: IpcError | null;
  /** Whether an answer is awaited. */
  loading: boolean;
  /** Asks again. */
  reload: () => void;
}

/** Asks now, and whenever `key` changes. Only the last question's answer counts. */
export function useIpc<T>(ask: () => Promise<T>, key: string): QueryState<T> {
  const [state, setState] = useState<Omit<QueryState<T>, "reload">>({ data: null, problem: null, loading: true });
  const [turn, setTurn] = useState(0);
  const question = useRef(ask);
  useEffect(() => {
    question.current = ask;
  });
  useEffect(() => {
    let wanted = true;
    // eslint-disable-next-line react-hooks/set-state-in-effect -- the question begins here
    setState((before) => ({ ...before, loading: true }));
    question.current().then(
      (data) => {
        if (wanted) setState({ data, problem: null, loading: false });
      },
      (thrown: unknown) => {
        if (wanted) setState((before) => ({ data: before.data, problem: asProblem(thrown), loading: false }));
      },
    );
    return () => {
      wanted = false;
    };
  }, [key, turn]);
  const reload = useCallback(() => {
    setTurn((before) => before + 1);
  }, []);
  return { ...state, reload };
}
