/** The transcript of the run: the recorded calls, and new ones as long as the run is open. */
import { useCallback, useEffect, useRef, useState } from "react";
import { asProblem, commands, listen, type Entry, type IpcError } from "../ipc/client";

export interface Transcript {
  entries: readonly Entry[];
  problem: IpcError | null;
  reload: () => void;
}

const NONE: readonly Entry[] = [];

export function useTranscript(run: string | null, open: boolean): Transcript {
  const [state, setState] = useState<{ run: string | null; entries: readonly Entry[] }>({ run: null, entries: NONE });
  const [problem, setProblem] = useState<IpcError | null>(null);
  const [attempt, setAttempt] = useState(0);
  const reload = useCallback(() => { setAttempt((attempt) => attempt + 1); }, []);
  const lastNumber = useRef(0);

  useEffect(() => {
    if (run === null) return;
    let current = true;
    // eslint-disable-next-line react-hooks/set-state-in-effect -- a retry clears the previous error
    setProblem(null);
    const read = () =>
      commands.transcript().then(
        (entries) => {
          if (!current) return;
          lastNumber.current = entries.at(-1)?.number ?? 0;
          setState({ run, entries });
        },
        (thrown: unknown) => {
          if (current) setProblem(asProblem(thrown));
        },
      );
    const receive = (batch: readonly Entry[]) => {
      if (!current) return;
      const fresh = batch.filter((entry) => entry.number > lastNumber.current);
      const first = fresh[0];
      if (!first) return;
      // Entries are missing in between: the shell has all of them.
      if (first.number !== lastNumber.current + 1) {
        void read();
        return;
      }
      lastNumber.current = fresh.at(-1)?.number ?? lastNumber.current;
      setState((before) => ({ run, entries: [...before.entries, ...fresh] }));
    };
    const watch = open ? commands.watchTranscript(listen(receive)) : Promise.resolve(null);
    // Watching begins before reading, so that no entry is lost in between.
    watch.then(read, (thrown: unknown) => {
      if (current) setProblem(asProblem(thrown));
      return read();
    }).catch(() => undefined);
    return () => {
      current = false;
    };
  }, [run, open, attempt]);

  return { entries: state.run === run ? state.entries : NONE, problem, reload };
}
