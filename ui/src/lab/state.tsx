/** State that the whole window shares: the run, its backend, the preferences, and the current job. */
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
import { usePracticeClockState, type PracticeClockState } from "./clock";
import { coalesceEvents } from "./events";
import { addGrowth, NO_GROWTH, type Growth } from "./growth";

/** A job as the screen shows it, with its events coalesced. */
export interface JobView {
  info: JobInfo;
  events: readonly Event[];
  problem: IpcError | null;
  /** The counts of its scans over time. */
  growth: Growth;
  /** When it was started, in milliseconds since the epoch. */
  since: number;
}

interface Lab extends PracticeClockState {
  version: string;
  platform: string;
  systemLanguage: Lang;
  preferences: Preferences;
  /** Changes preferences and stores them at once. */
  updatePreferences: (change: Partial<Preferences>) => void;
  run: RunInfo | null;
  backend: BackendInfo | null;
  job: JobView | null;
  /** The mode chosen on the start screen, before a run is created. */
  draft: Mode | null;
  setDraft: (mode: Mode | null) => void;
  /** Reads the run and its backend from the shell. */
  refresh: () => Promise<void>;
  /** Call after a run was started, resumed or abandoned: forgets the job and reads the new state. */
  reloadRun: () => Promise<void>;
  start: (step: StepId, kind: JobKind) => Promise<void>;
  cancel: () => Promise<void>;
}

const LabContext = createContext<Lab | null>(null);

export function LabProvider({ initial, children }: { initial: AppState; children: ReactNode }) {
  const [preferences, updatePreferences] = usePreferences(initial.preferences);
  const [run, setRun] = useState(initial.run);
  const [backend, setBackend] = useState(initial.backend);
  const [job, setJob] = useState<JobView | null>(null);
  const [draft, setDraft] = useState<Mode | null>(null);

  const { clock, readClock, advanceClock } = usePracticeClockState();

  const refresh = useCallback(async () => {
    const [state] = await Promise.all([commands.appState(), readClock().catch(() => undefined)]);
    setRun(state.run);
    setBackend(state.backend);
  }, [readClock]);

  /** Handles the messages of one job; late messages of an earlier job do not change a later one. */
  const onJobMessage = useCallback(
    (since: number) => (message: JobMessage) => {
      const change = (next: (view: JobView) => JobView) => {
        setJob((view) => (view?.since === since ? next(view) : view));
      };
      if (message.kind === "progress") {
        change((view) => ({ ...view, events: coalesceEvents(view.events, message.events), growth: addGrowth(view.growth, message.events) }));
        return;
      }
      // The run is read first, so that the screen changes from "running" to the result in one step.
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
      setJob({ info: { id: 0, step, kind, state: "running", startedAt: new Date(since).toISOString() }, events: [], problem: null, growth: NO_GROWTH, since });
      try {
        const channel = listen(onJobMessage(since));
        const info = kind === "run" ? await commands.runStep(step, channel) : await commands.undoStep(step, channel);
        setJob((view) => (view?.since === since ? { ...view, info: { ...info, state: view.info.state } } : view));
      } catch (thrown) {
        setJob((view) => view && { ...view, info: { ...view.info, state: "failed" }, problem: asProblem(thrown) });
      }
    },
    [onJobMessage],
  );

  const running = job?.info.state === "running" ? job.info.id : 0;
  const cancel = useCallback(async () => {
    // If cancelling fails, the job is still shown as running, which it is.
    if (running !== 0) await commands.cancel(running).catch(() => undefined);
  }, [running]);

  // After a reload of the page, attaches to the job that is still running.
  const attached = useRef(false);
  useEffect(() => {
    const previous = initial.job;
    if (attached.current || !previous || previous.state !== "running") return;
    attached.current = true;
    const since = Date.parse(previous.startedAt);
    setJob({ info: previous, events: [], problem: null, growth: NO_GROWTH, since });
    commands.attach(previous.id, listen(onJobMessage(since))).catch(() => {
      setJob(null);
      refresh().catch(() => undefined);
    });
  }, [initial.job, onJobMessage, refresh]);

  const reloadRun = useCallback(async () => {
    setJob(null);
    await refresh();
  }, [refresh]);

  const lab = useMemo<Lab>(
    () => ({
      version: initial.version,
      platform: initial.platform,
      systemLanguage: initial.systemLanguage,
      preferences,
      updatePreferences,
      run,
      backend,
      clock,
      readClock,
      advanceClock,
      job,
      draft,
      setDraft,
      refresh,
      reloadRun,
      start,
      cancel,
    }),
    [initial.version, initial.platform, initial.systemLanguage, preferences, updatePreferences, run, backend, clock, readClock, advanceClock, job, draft, refresh, reloadRun, start, cancel],
  );
  return (
    <LabContext value={lab}>
      <MaskContext value={preferences.maskAccount || preferences.presenting}>{children}</MaskContext>
    </LabContext>
  );
}

function usePreferences(initial: Preferences): [Preferences, (change: Partial<Preferences>) => void] {
  const [preferences, setPreferences] = useState(initial);
  const newest = useRef(initial);
  const updatePreferences = useCallback((change: Partial<Preferences>) => {
    newest.current = { ...newest.current, ...change };
    setPreferences(newest.current);
    // If storing fails, the preferences still apply in this window; the shell has logged the error.
    commands.setPreferences(newest.current).catch(() => undefined);
  }, []);
  return [preferences, updatePreferences];
}

export function useLab(): Lab {
  const lab = useContext(LabContext);
  if (!lab) throw new Error("LabProvider is missing");
  return lab;
}

/** The open run, for screens that are only shown when there is one. */
export function useRun(): RunInfo {
  const { run } = useLab();
  if (!run) throw new Error("no run is open");
  return run;
}

/** The record of a step; a pending one if none is stored yet. */
export function useStep(step: StepId): StepRecord {
  const record = useRun().steps.find(({ id }) => id === step);
  return record ?? { id: step, state: "pending", seconds: null, checks: [], problem: null, stale: false };
}

/** The current job from the point of view of one step. */
export interface StepJob {
  /** The step's own job: running, or the last one in this window. */
  job: JobView | null;
  events: readonly Event[];
  running: boolean;
  /** Another step whose job is running; jobs run one at a time. */
  blockedBy: StepId | null;
  run: () => Promise<void>;
  undo: () => Promise<void>;
  cancel: () => Promise<void>;
}

const NOTHING: readonly Event[] = [];

export function useJob(step: StepId): StepJob {
  const { job, start, cancel } = useLab();
  const own = job?.info.step === step ? job : null;
  const anyRunning = job?.info.state === "running";
  return useMemo(
    () => ({
      job: own,
      events: own?.events ?? NOTHING,
      running: anyRunning && own !== null,
      blockedBy: anyRunning && own === null ? job.info.step : null,
      run: () => start(step, "run"),
      undo: () => start(step, "undo"),
      cancel,
    }),
    [own, anyRunning, job, start, cancel, step],
  );
}

/** A named string that a view keeps in the preferences, and its setter. */
export function useViewState(name: string): [string | null, (value: string) => void] {
  const { preferences, updatePreferences } = useLab();
  const { views } = preferences;
  const setValue = useCallback((value: string) => { updatePreferences({ views: { ...views, [name]: value } }); }, [views, name, updatePreferences]);
  return [views[name] ?? null, setValue];
}
