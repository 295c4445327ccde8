/** Changes the plan, then reads the run again; a plan that can no longer be changed is reported as a problem. */
import { useCallback, useState } from "react";
import { asProblem, commands, type IpcError, type Plan } from "../ipc/client";
import { useLab, useRun } from "../lab/state";

interface PlanChange {
  changing: boolean;
  problem: IpcError | null;
  change: (part: Partial<Plan>) => void;
}

export function usePlan(): PlanChange {
  const { plan } = useRun();
  const { refresh } = useLab();
  const [changing, setChanging] = useState(false);
  const [problem, setProblem] = useState<IpcError | null>(null);
  const change = useCallback(
    (part: Partial<Plan>) => {
      setChanging(true);
      setProblem(null);
      commands
        .setPlan({ ...plan, ...part })
        .then(refresh)
        .catch((thrown: unknown) => { setProblem(asProblem(thrown)); })
        .finally(() => { setChanging(false); });
    },
    [plan, refresh],
  );
  return { changing, problem, change };
}
