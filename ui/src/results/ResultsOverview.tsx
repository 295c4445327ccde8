/** The results of the scan: both repositories, Log4Shell, the charts and table of findings, and Inspector's view. */
import SpaceBetween from "@cloudscape-design/components/space-between";
import { lazy, Suspense } from "react";
import { EmptyState } from "../components/EmptyState";
import { ProblemAlert } from "../components/ProblemAlert";
import { Loading } from "../components/Loading";
import { useT } from "../i18n/context";
import { useLab } from "../lab/state";
import { DetailsProvider } from "./DetailsProvider";
import { InspectorView } from "./InspectorView";
import { Log4ShellStory } from "./Log4ShellStory";
import { SideBySide } from "./SideBySide";
import { useScans } from "./useScans";

const FindingsView = lazy(() => import("./FindingsView"));

export default function ResultsOverview() {
  const { t } = useT();
  const { clock } = useLab();
  const { data, problem, reload } = useScans();
  if (problem) return <ProblemAlert problem={problem} title={t("findings-failed")} onRetry={reload} />;
  if (!data) return <Loading />;
  const { outcome, vulnerable } = data;
  if (!vulnerable) return <EmptyState text={t("results-not-yet")} />;
  return (
    <DetailsProvider>
      <SpaceBetween size="l">
        <SideBySide outcome={outcome} />
        <Log4ShellStory scan={vulnerable} />
        <Suspense fallback={<Loading />}>
          <FindingsView key={vulnerable.id} scan={vulnerable} />
        </Suspense>
        <InspectorView outcome={outcome} version={`${vulnerable.id} ${vulnerable.finishedAt ?? ""} ${clock?.clock.aheadSeconds ?? ""}`} />
      </SpaceBetween>
    </DetailsProvider>
  );
}
