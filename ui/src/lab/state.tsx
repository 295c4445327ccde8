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
  type Lang,
  type Mode,
  type BackendInfo,
  type Preferences,
  type RunInfo,
  type StepId,
  type StepRecord,
} from "../ipc/client";
import { MaskContext } from "../i18n/mask";
import { coalesceEvents } from "./events";

/** A job as the screen shows it: what matters of what it told so far. */
export interface JobView {
  info: JobInfo;
  events: readonly Event[];
  problem: IpcError | null;
  /** When it began, in milliseconds since the epoch. */
  since: number;
}

interface Lab {
  version: string;
  platform: string;
  systemLanguage: Lang;
  preferences: Preferences;
  /** Changes what was chosen; remembered at once. */
  prefer: (change: Partial<Preferences>) => void;
  run: RunInfo | null;
  place: BackendInfo | null;
  job: JobView | null;
  /** The mode that is about to be begun, while none is. */
  draft: Mode | null;
  setDraft: (mode: Mode | null) => void;
  /** Reads the run anew. */
  refresh: () => Promise<void>;
  /** A run was begun, continued or given up. */
  runReplaced: () => Promise<void>;
  start: (step: StepId, kind: JobKind) => Promise<void>;
  cancel: () => Promise<void>;
}

const LabContext = createContext<Lab | null>(null);

export function LabProvider({ initial, children }: { initial: AppState; children: ReactNode }) {
  const [preferences, prefer] = usePreferences(initial.preferences);
  const [run, setRun] = useState(initial.run);
  const [place, setPlace] = useState(initial.place);
  const [job, setJob] = useState<JobView | null>(null);
  const [draft, setDraft] = useState<Mode | null>(null);

  const refresh = useCallback(async () => {
    const state = await commands.appState();
    setRun(state.run);
    setPlace(state.place);
  }, []);

  /** Listens for one job: what an earlier one still says does not change a later one. */
  const hearing = useCallback(
    (since: number) => (message: JobMessage) => {
      const change = (next: (view: JobView) => JobView) => {
        setJob((view) => (view?.since === since ? next(view) : view));
      };
      if (message.kind === "progress") {
        change((view) => ({ ...view, events: coalesceEvents(view.events, message.events) }));
        return;
      }
      // The run is read first: the screen goes from "running" to what came of it in one step.
      const end = () => {
        change((view) => ({ ...view, info: { ...view.info, state: message.state }, problem: message.problem }));
      };
      refresh().then(end, end);
    },
    [refresh],
  );

  const start = useCallback(
    async (step: StepId, kind: JobKind) => {
      const since = Date.now();
      setJob({ info: { id: 0, step, kind, state: "running", startedAt: new Date(since).toISOString() }, events: [], problem: null, since });
      try {
        const channel = listen(hearing(since));
        const info = kind === "run" ? await commands.runStep(step, channel) : await commands.undoStep(step, channel);
        setJob((view) => (view?.since === since ? { ...view, info: { ...info, state: view.info.state } } : view));
      } catch (thrown) {
        setJob((view) => view && { ...view, info: { ...view.info, state: "failed" }, problem: asProblem(thrown) });
      }
    },
    [hearing],
  );

  const running = job?.info.state === "running" ? job.info.id : 0;
  const cancel = useCallback(async () => {
    // A job that cannot be stopped is shown as what it is: still running.
    if (running !== 0) await commands.cancel(running).catch(() => undefined);
  }, [running]);

  // After a reload the job that went on is attached to again.
  const attached = useRef(false);
  useEffect(() => {
    const before = initial.job;
    if (attached.current || !before || before.state !== "running") return;
    attached.current = true;
    const since = Date.parse(before.startedAt);
    setJob({ info: before, events: [], problem: null, since });
    commands.attach(before.id, listen(hearing(since))).catch(() => {
      setJob(null);
      refresh().catch(() => undefined);
    });
  }, [initial.job, hearing, refresh]);

  const runReplaced = useCallback(async () => {
    setJob(null);
    await refresh();
  }, [refresh]);

  const lab = useMemo<Lab>(
    () => ({
      version: initial.version,
      platform: initial.platform,
      systemLanguage: initial.systemLanguage,
      preferences,
      prefer,
      run,
      place,
      job,
      draft,
      setDraft,
      refresh,
      runReplaced,
      start,
      cancel,
    }),
    [initial.version, initial.platform, initial.systemLanguage, preferences, prefer, run, place, job, draft, refresh, runReplaced, start, cancel],
  );
  return (
    <LabContext value={lab}>
      <MaskContext value={preferences.maskAccount}>{children}</MaskContext>
    </LabContext>
  );
}

function usePreferences(initial: Preferences): [Preferences, (change: Partial<Preferences>) => void] {
  const [preferences, setPreferences] = useState(initial);
  const newest = useRef(initial);
  const prefer = useCallback((change: Partial<Preferences>) => {
    newest.current = { ...newest.current, ...change };
    setPreferences(newest.current);
    // What cannot be remembered still holds in this window; the shell has logged why.
    commands.setPreferences(newest.current).catch(() => undefined);
  }, []);
  return [preferences, prefer];
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

/** What is recorded of a step. */
export function useStep(step: StepId): StepRecord {
  const found = useRun().steps.find((record) => record.id === step);
  return found ?? { id: step, state: "pending", seconds: null, checks: [], problem: null };
}

/** A step's long work, from this step's point of view. */
export interface StepJob {
  /** The step's own job: the one that goes on, or its last one in this window. */
  job: JobView | null;
  events: readonly Event[];
  running: boolean;
  /** The other step whose job goes on. */
  blockedBy: StepId | null;
  run: () => Promise<void>;
  undo: () => Promise<void>;
  cancel: () => Promise<void>;
}

const NOTHING: readonly Event[] = [];

export function useJob(step: StepId): StepJob {
  const { job, start, cancel } = useLab();
  const own = job?.info.step === step ? job : null;
  const goesOn = job?.info.state === "running";
  return useMemo(
    () => ({
      job: own,
      events: own?.events ?? NOTHING,
      running: goesOn && own !== null,
      blockedBy: goesOn && own === null ? job.info.step : null,
      run: () => start(step, "run"),
      undo: () => start(step, "undo"),
      cancel,
    }),
    [own, goesOn, job, start, cancel, step],
  );
}

/** A small thing that a view wants remembered, by name. */
export function useViewState(name: string): [string | null, (value: string) => void] {
  const { preferences, prefer } = useLab();
  const { views } = preferences;
  const remember = useCallback((value: string) => { prefer({ views: { ...views, [name]: value } }); }, [views, name, prefer]);
  return [views[name] ?? null, remember];
}
