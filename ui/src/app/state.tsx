/** What the whole window knows: the run, where it goes on, what was chosen, and the job that goes on. */
import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import {
  asProblem,
  commands,
  listen,
  type AppState,
  type Event,
  type IpcError,
  type JobInfo,
  type JobKind,
  type JobMessage,
  type PlaceInfo,
  type Preferences,
  type RunInfo,
  type StepId,
} from "../ipc/door";

/** A job as the screen shows it: what matters of what it told so far. */
export interface JobView {
  info: JobInfo;
  events: readonly Event[];
  problem: IpcError | null;
}

interface Lab {
  version: string;
  preferences: Preferences;
  /** Changes what was chosen; remembered at once. */
  prefer: (change: Partial<Preferences>) => void;
  run: RunInfo | null;
  place: PlaceInfo | null;
  job: JobView | null;
  /** Reads the run anew. */
  refresh: () => Promise<void>;
  /** A run was begun, continued or given up. */
  reopened: () => Promise<void>;
  start: (step: StepId, kind: JobKind) => Promise<void>;
  cancel: () => Promise<void>;
}

const LabContext = createContext<Lab | null>(null);

export function LabProvider({ initial, children }: { initial: AppState; children: ReactNode }) {
  const [preferences, setPreferences] = useState(initial.preferences);
  const [run, setRun] = useState(initial.run);
  const [place, setPlace] = useState(initial.place);
  const [job, setJob] = useState<JobView | null>(null);

  const refresh = useCallback(async () => {
    const state = await commands.appState();
    setRun(state.run);
    setPlace(state.place);
  }, []);

  const hear = useCallback(
    (message: JobMessage) => {
      if (message.kind === "progress") {
        setJob((view) => view && { ...view, events: gather(view.events, message.events) });
        return;
      }
      setJob((view) => view && { ...view, info: { ...view.info, state: message.state }, problem: message.problem });
      void refresh();
    },
    [refresh],
  );

  const start = useCallback(
    async (step: StepId, kind: JobKind) => {
      const channel = listen(hear);
      setJob({ info: { id: 0, step, kind, state: "running" }, events: [], problem: null });
      try {
        const info = kind === "run" ? await commands.runStep(step, channel) : await commands.undoStep(step, channel);
        setJob((view) => view && { ...view, info: { ...info, state: view.info.state } });
      } catch (thrown) {
        setJob((view) => view && { ...view, info: { ...view.info, state: "failed" }, problem: asProblem(thrown) });
      }
    },
    [hear],
  );

  const running = job?.info.state === "running" ? job.info.id : 0;
  const cancel = useCallback(async () => {
    if (running !== 0) await commands.cancel(running);
  }, [running]);

  // After a reload the job that went on is attached to again.
  const attached = useRef(false);
  useEffect(() => {
    const before = initial.job;
    if (attached.current || !before || before.state !== "running") return;
    attached.current = true;
    // eslint-disable-next-line react-hooks/set-state-in-effect -- what the shell already does is shown at once
    setJob({ info: before, events: [], problem: null });
    commands.attach(before.id, listen(hear)).catch(() => {
      void refresh();
    });
  }, [initial.job, hear, refresh]);

  const prefer = useCallback((change: Partial<Preferences>) => {
    setPreferences((before) => {
      const after = { ...before, ...change };
      void commands.setPreferences(after);
      return after;
    });
  }, []);

  const reopened = useCallback(async () => {
    setJob(null);
    await refresh();
  }, [refresh]);

  const lab = useMemo<Lab>(
    () => ({ version: initial.version, preferences, prefer, run, place, job, refresh, reopened, start, cancel }),
    [initial.version, preferences, prefer, run, place, job, refresh, reopened, start, cancel],
  );
  return <LabContext value={lab}>{children}</LabContext>;
}

export function useLab(): Lab {
  const lab = useContext(LabContext);
  if (!lab) throw new Error("LabProvider is missing");
  return lab;
}

/** The run, where a screen is only shown when there is one. */
export function useRun(): RunInfo {
  const { run } = useLab();
  if (!run) throw new Error("no run is open");
  return run;
}

/** Of a layer, a scan or a count only the last word counts. */
function gather(before: readonly Event[], come: readonly Event[]): readonly Event[] {
  const events = [...before];
  for (const event of come) {
    const begun = events.findLastIndex((other) => other.kind === "transferBegun");
    const at = events.findIndex((other, index) => index > begun && replaces(event, other));
    if (at >= 0) events[at] = event;
    else events.push(event);
  }
  return events;
}

function replaces(event: Event, other: Event): boolean {
  if (event.kind === "layer" && other.kind === "layer") return event.layer.id === other.layer.id;
  if (event.kind === "scan" && other.kind === "scan") return event.scan.repository === other.scan.repository;
  return event.kind === "loading" && other.kind === "loading";
}
