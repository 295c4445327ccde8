/** Checks a step on demand: reads the actual state back, then reads the run again. */
import { useCallback, useState } from "react";
import { asProblem, commands, type IpcError, type StepId } from "../ipc/client";
import { useLab } from "../lab/state";

interface StepCheck {
  checking: boolean;
  problem: IpcError | null;
  check: () => void;
}

/** The check of one step; what another step's check found is not shown. */
export function useCheck(step: StepId): StepCheck {
  const { refresh } = useLab();
  const [state, setState] = useState<{ step: StepId; checking: boolean; problem: IpcError | null } | null>(null);
  const check = useCallback(() => {
    const end = (problem: IpcError | null) => {
      setState((before) => (before?.step === step ? { step, checking: false, problem } : before));
    };
    setState({ step, checking: true, problem: null });
    commands
      .check(step)
      .then(refresh)
      .then(() => { end(null); }, (thrown: unknown) => { end(asProblem(thrown)); });
  }, [step, refresh]);
  const own = state?.step === step ? state : null;
  return { checking: own?.checking ?? false, problem: own?.problem ?? null, check };
}
