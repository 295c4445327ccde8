/** The open step as the action bar and the page share it: what runs it, its check, the next action, and the part in view. */
import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import { summarizeChecks } from "../components/Checks";
import { asProblem, commands, type Confirmation, type IpcError, type JobKind, type RunPreview, type StepId, type StepRecord } from "../ipc/client";
import { nextAction, type NextAction } from "../lab/nextAction";
import { neighbour } from "../lab/order";
import { neighbourPart, type Part } from "../lab/part";
import { usePresenting } from "../lab/presenting";
import { useRoute } from "../lab/route";
import { useShortcut } from "../lab/shortcuts";
import { useJob, useLab, useStep, type StepJob } from "../lab/state";
import { AwaitConfirmation } from "./AwaitConfirmation";
import { ConfirmChanges } from "./ConfirmChanges";
import { useCheck } from "./useCheck";
import { usePart, type StepPart } from "./usePart";

interface Session {
  step: StepId;
  record: StepRecord;
  job: StepJob;
  check: ReturnType<typeof useCheck>;
  /** The next thing to do. */
  action: NextAction;
  /** Does it. */
  perform: () => void;
  /** Runs or undoes the step, once the user has agreed to its changes. */
  go: (kind: JobKind) => void;
  /** Whether the step can be run or undone now. */
  ready: boolean;
  /** Why the step could not be started. */
  problem: IpcError | null;
  /** The part of the step that is in view. */
  part: Part;
  goToPart: StepPart["goToPart"];
}

const SessionContext = createContext<Session | null>(null);

/** What the user has to agree to before the step is run or undone. */
interface Request {
  kind: JobKind;
  preview: RunPreview;
  /** Whether the presenter has asked for the changes, which are not for the room. */
  shown: boolean;
}

/** Once the button means something else, a second press of the first click is ignored for as long (milliseconds). */
const DOUBLE_PRESS = 400;

export function StepSession({ step, children }: { step: StepId; children: ReactNode }) {
  const record = useStep(step);
  const job = useJob(step);
  const check = useCheck(step);
  const { part, goToPart } = usePart(step);
  const { on: presenting } = usePresenting();
  const { go, confirm, show, request, ready, problem } = useStart(step, job, goToPart);
  const { run } = useLab();
  const { complete } = summarizeChecks(record.checks);
  const action = nextAction(record, job, { complete }, { after: neighbour(step, 1), finished: run?.finished ?? false });
  const perform = usePerform(step, action, { go, cancel: job.cancel, check: check.check, goToPart });
  useStepShortcuts(perform, check.check, part, goToPart);
  const session = useMemo(
    () => ({ step, record, job, check, action, perform, go, ready, problem, part, goToPart }),
    [step, record, job, check, action, perform, go, ready, problem, part, goToPart],
  );
  return (
    <SessionContext value={session}>
      {children}
      {request === null ? null : presenting && !request.shown ? (
        <AwaitConfirmation onShow={show} onCancel={() => { confirm(null); }} />
      ) : (
        <ConfirmChanges step={step} kind={request.kind} preview={request.preview} onAnswer={confirm} />
      )}
    </SessionContext>
  );
}

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error("StepSession is missing");
  return session;
}

/** Starts the step's jobs: asks for consent first, if the lab has none yet. */
function useStart(step: StepId, job: StepJob, goToPart: StepPart["goToPart"]) {
  const [request, setRequest] = useState<Request | null>(null);
  const [failed, setFailed] = useState<{ step: StepId; problem: IpcError } | null>(null);
  const [requesting, setRequesting] = useState(false);
  const ready = !job.running && job.blockedBy === null && !requesting;
  const report = useCallback((thrown: unknown) => { setFailed({ step, problem: asProblem(thrown) }); }, [step]);
  const start = useCallback(
    (kind: JobKind) => {
      goToPart("do");
      void job[kind]();
    },
    [job, goToPart],
  );
  const go = useCallback(
    (kind: JobKind) => {
      if (!ready) return;
      setRequesting(true);
      setFailed(null);
      // The lab refuses changes that need the user's consent and do not have it.
      commands
        .consentRequest(step, kind)
        .then((preview) => { if (preview) setRequest({ kind, preview, shown: false }); else start(kind); })
        .catch(report)
        .finally(() => { setRequesting(false); });
    },
    [step, ready, start, report],
  );
  const confirm = (confirmation: Confirmation | null) => {
    setRequest(null);
    if (request && confirmation) commands.giveConsent(request.preview, confirmation).then(() => { start(request.kind); }).catch(report);
  };
  const show = () => { setRequest((before) => before && { ...before, shown: true }); };
  return { go, confirm, show, request, ready, problem: failed?.step === step ? failed.problem : null };
}

interface Acts {
  go: (kind: JobKind) => void;
  cancel: () => Promise<void>;
  check: () => void;
  goToPart: StepPart["goToPart"];
}

/** Does the next action. */
function usePerform(step: StepId, action: NextAction, { go, cancel, check, goToPart }: Acts): () => void {
  const route = useRoute();
  // A double click on "Run" must not press the "Stop" that takes its place.
  const shown = useRef({ step, kind: action.kind, since: -Infinity });
  useEffect(() => {
    if (shown.current.kind === action.kind && shown.current.step === step) return;
    shown.current = { step, kind: action.kind, since: shown.current.step === step ? performance.now() : -Infinity };
  }, [step, action.kind]);
  return useCallback(() => {
    if (performance.now() - shown.current.since < DOUBLE_PRESS) return;
    switch (action.kind) {
      case "run":
        go("run");
        return;
      case "stop":
        void cancel();
        return;
      case "check":
        goToPart("check");
        check();
        return;
      case "next":
      case "follow":
        route.go(action.to);
        return;
      case "finish":
        route.go("start");
        return;
    }
  }, [action, go, cancel, check, goToPart, route]);
}

function useStepShortcuts(perform: () => void, check: () => void, part: Part, goToPart: StepPart["goToPart"]): void {
  const move = (by: 1 | -1) => {
    const to = neighbourPart(part, by);
    if (to) goToPart(to, { focus: true });
  };
  useShortcut("perform", useCallback((event: KeyboardEvent) => { if (!event.repeat) perform(); }, [perform]));
  useShortcut("check", check);
  useShortcut("part-next", () => { move(1); });
  useShortcut("part-previous", () => { move(-1); });
}
