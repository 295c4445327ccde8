/** An error: what failed, why, and what to do about it. Its body is a chunk of its own, fetched when an error is shown. */
import { lazy, Suspense } from "react";
import type { ProblemBodyProps } from "./ProblemBody";

const ProblemBody = lazy(() => import("./ProblemBody"));

export function ProblemAlert(props: ProblemBodyProps) {
  return (
    <Suspense fallback={null}>
      <ProblemBody {...props} />
    </Suspense>
  );
}
