/** Step 6, fix and compare: a patched image is pushed, and both scans are compared. */
import { lazy, Suspense } from "react";
import { Loading } from "../components/Loading";
import { useJob, useStep } from "../lab/state";
import { RemediatePicture } from "../pictures/RemediatePicture";
import { ScanProgress } from "../results/ScanProgress";
import { StepFrame } from "./StepFrame";

const RemediateOverview = lazy(() => import("../results/RemediateOverview"));

export default function Remediate() {
  const record = useStep("remediate");
  const { running } = useJob("remediate");
  const done = record.state === "done" && !running;
  return (
    <StepFrame step="remediate" picture={<RemediatePicture />} progress={(job) => <ScanProgress job={job} />}>
      {done ? (
        <Suspense fallback={<Loading />}>
          <RemediateOverview />
        </Suspense>
      ) : null}
    </StepFrame>
  );
}
