/**
 * Requests that follow each other quickly, as while someone types: one is in flight at a time, and then only the newest
 * is sent. A response is dropped if a newer request waits.
 */
import { useCallback, useEffect, useRef, useState } from "react";
import { asProblem, type IpcError } from "../ipc/client";

export interface Latest<Request, Data> {
  /** The last response and its request; kept until the next response. */
  response: { request: Request; data: Data } | null;
  problem: IpcError | null;
  reload: () => void;
}

/** `request` must be the same object as long as it is the same request. */
export function useLatest<Request extends object, Data>(request: Request, send: (request: Request) => Promise<Data>): Latest<Request, Data> {
  const [response, setResponse] = useState<{ request: Request; data: Data } | null>(null);
  const [problem, setProblem] = useState<IpcError | null>(null);
  const waiting = useRef<Request | null>(null);
  const inFlight = useRef(false);
  const newestSend = useRef(send);
  useEffect(() => {
    newestSend.current = send;
  });

  const sendWaiting = useCallback(async () => {
    if (inFlight.current) return;
    inFlight.current = true;
    try {
      while (waiting.current !== null) {
        const current: Request = waiting.current;
        let result: { data: Data } | { thrown: unknown };
        try {
          result = { data: await newestSend.current(current) };
        } catch (thrown) {
          result = { thrown };
        }
        if (waiting.current !== current) continue;
        waiting.current = null;
        if ("data" in result) {
          setResponse({ request: current, data: result.data });
          setProblem(null);
        } else {
          setProblem(asProblem(result.thrown));
        }
      }
    } finally {
      inFlight.current = false;
    }
  }, []);

  useEffect(() => {
    waiting.current = request;
    void sendWaiting();
    return () => {
      waiting.current = null;
    };
  }, [request, sendWaiting]);

  const reload = useCallback(() => {
    waiting.current = request;
    void sendWaiting();
  }, [request, sendWaiting]);
  return { response, problem, reload };
}
