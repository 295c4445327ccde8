/** Step 5, results: follows the scan and shows its findings. */
import { lazy, Suspense } from "react";
import { Loading } from "../components/Loading";
import { useJob, useStep } from "../lab/state";
import { ResultsPicture } from "../pictures/ResultsPicture";
import { ScanProgress } from "../results/ScanProgress";
import { StepFrame } from "./StepFrame";
import { WatchingEnds } from "./WatchingEnds";

const ResultsOverview = lazy(() => import("../results/ResultsOverview"));

export default function Results() {
  const record = useStep("results");
  const { running } = useJob("results");
  const done = record.state === "done" && !running;
  return (
    <StepFrame step="results" picture={<ResultsPicture />} progress={(job) => <ScanProgress job={job} />}>
      {done ? (
        <Suspense fallback={<Loading />}>
          <ResultsOverview watching={<WatchingEnds step="results" />} />
        </Suspense>
      ) : null}
    </StepFrame>
  );
}
