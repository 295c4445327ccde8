/** Checks a step on demand: reads the actual state back, then reads the run again. */
import { useCallback, useState } from "react";
import { asProblem, commands, type IpcError, type StepId } from "../ipc/client";
import { useLab } from "../lab/state";

interface StepCheck {
  checking: boolean;
  problem: IpcError | null;
  check: () => void;
}

export function useCheck(step: StepId): StepCheck {
  const { refresh } = useLab();
  const [checking, setChecking] = useState(false);
  const [problem, setProblem] = useState<IpcError | null>(null);
  const check = useCallback(() => {
    setChecking(true);
    setProblem(null);
    commands
      .check(step)
      .then(refresh)
      .catch((thrown: unknown) => { setProblem(asProblem(thrown)); })
      .finally(() => { setChecking(false); });
  }, [step, refresh]);
  return { checking, problem, check };
}
