/** What failed, why, and what to do about it. What shows it is fetched when something has failed. */
import { lazy, Suspense } from "react";
import type { IpcError } from "../ipc/client";

const ProblemBody = lazy(() => import("./ProblemBody"));

export interface ProblemAlertProps {
  problem: IpcError;
  /** Tries again what failed. */
  onRetry?: (() => void) | undefined;
  /** What could not be done, in a few words. */
  title?: string;
}

export function ProblemAlert(props: ProblemAlertProps) {
  return (
    <Suspense fallback={null}>
      <ProblemBody {...props} />
    </Suspense>
  );
}
