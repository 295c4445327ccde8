/** A request to the shell from a component: loading, the data, or an error that can be retried. */
import { useCallback, useEffect, useRef, useState } from "react";
import { asProblem, type IpcError } from "./client";

export interface QueryState<T> {
  /** The newest data; kept while a new request is sent. */
  data: T | null;
  /** The error of the newest request. */
  problem: IpcError | null;
  loading: boolean;
  /** Sends the request again. */
  reload: () => void;
}

/** Sends the request now and whenever `key` changes. Responses to earlier requests are dropped. */
export function useIpc<T>(request: () => Promise<T>, key: string): QueryState<T> {
  const [state, setState] = useState<Omit<QueryState<T>, "reload">>({ data: null, problem: null, loading: true });
  const [attempt, setAttempt] = useState(0);
  const newestRequest = useRef(request);
  useEffect(() => {
    newestRequest.current = request;
  });
  useEffect(() => {
    let current = true;
    // eslint-disable-next-line react-hooks/set-state-in-effect -- the request starts here
    setState((before) => ({ ...before, loading: true }));
    newestRequest.current().then(
      (data) => {
        if (current) setState({ data, problem: null, loading: false });
      },
      (thrown: unknown) => {
        if (current) setState((before) => ({ data: before.data, problem: asProblem(thrown), loading: false }));
      },
    );
    return () => {
      current = false;
    };
  }, [key, attempt]);
  const reload = useCallback(() => {
    setAttempt((before) => before + 1);
  }, []);
  return { ...state, reload };
}
