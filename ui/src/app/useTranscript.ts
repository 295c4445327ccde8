/** The record of every call: what there is, and what comes while the run is open. */
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
  const [turn, setTurn] = useState(0);
  const reload = useCallback(() => { setTurn((before) => before + 1); }, []);
  const numbers = useRef(0);

  useEffect(() => {
    if (run === null) return;
    let wanted = true;
    // eslint-disable-next-line react-hooks/set-state-in-effect -- what went wrong before is tried anew
    setProblem(null);
    const read = () =>
      commands.transcript().then(
        (entries) => {
          if (!wanted) return;
          numbers.current = entries.at(-1)?.number ?? 0;
          setState({ run, entries });
        },
        (thrown: unknown) => {
          if (wanted) setProblem(asProblem(thrown));
        },
      );
    const hear = (come: readonly Entry[]) => {
      if (!wanted) return;
      const fresh = come.filter((entry) => entry.number > numbers.current);
      const first = fresh[0];
      if (!first) return;
      // Some were missed on the way: the shell has them all.
      if (first.number !== numbers.current + 1) {
        void read();
        return;
      }
      numbers.current = fresh.at(-1)?.number ?? numbers.current;
      setState((before) => ({ run, entries: [...before.entries, ...fresh] }));
    };
    const watch = open ? commands.watchTranscript(listen(hear)) : Promise.resolve(null);
    // Watched first, then read: nothing falls in between.
    watch.then(read, (thrown: unknown) => {
      if (wanted) setProblem(asProblem(thrown));
      return read();
    }).catch(() => undefined);
    return () => {
      wanted = false;
    };
  }, [run, open, turn]);

  return { entries: state.run === run ? state.entries : NONE, problem, reload };
}
