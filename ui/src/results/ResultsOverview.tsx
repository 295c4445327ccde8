/** The results of the scan in four views: both repositories and Log4Shell, the findings, Inspector, and what was assessed. */
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tabs from "@cloudscape-design/components/tabs";
import { lazy, Suspense, type ReactNode } from "react";
import { EmptyState } from "../components/EmptyState";
import { ProblemAlert } from "../components/ProblemAlert";
import { Loading } from "../components/Loading";
import { useT } from "../i18n/context";
import { useLab } from "../lab/state";
import { Assessed } from "./Assessed";
import { DetailsProvider } from "./DetailsProvider";
import { InspectorView } from "./InspectorView";
import { Log4ShellStory } from "./Log4ShellStory";
import { SideBySide } from "./SideBySide";
import { useScans } from "./useScans";
import { useView } from "./useView";

const FindingsView = lazy(() => import("./FindingsView"));

const VIEWS = ["overview", "findings", "inspector", "assessed"] as const;

/** `watching`: what is shown below Inspector's view. */
export default function ResultsOverview({ watching }: { watching: ReactNode }) {
  const { t } = useT();
  const { clock } = useLab();
  const { view, setView } = useView("results", VIEWS);
  const { data, problem, reload } = useScans();
  if (problem) return <ProblemAlert problem={problem} title={t("findings-failed")} onRetry={reload} />;
  if (!data) return <Loading />;
  const { outcome, vulnerable } = data;
  if (!vulnerable) return <EmptyState text={t("results-not-yet")} />;
  const content: Record<(typeof VIEWS)[number], ReactNode> = {
    overview: (
      <SpaceBetween size="m">
        <SideBySide outcome={outcome} onAssessed={() => { setView("assessed"); }} />
        <Log4ShellStory scan={vulnerable} />
      </SpaceBetween>
    ),
    findings: (
      <Suspense fallback={<Loading />}>
        <FindingsView key={vulnerable.id} scan={vulnerable} />
      </Suspense>
    ),
    inspector: (
      <SpaceBetween size="m">
        <InspectorView outcome={outcome} version={`${vulnerable.id} ${vulnerable.finishedAt ?? ""} ${clock?.clock.aheadSeconds ?? ""}`} />
        {watching}
      </SpaceBetween>
    ),
    assessed: <Assessed outcome={outcome} />,
  };
  return (
    <DetailsProvider>
      <Tabs
        ariaLabel={t("results-views")}
        activeTabId={view}
        onChange={({ detail }) => { setView(detail.activeTabId); }}
        tabs={VIEWS.map((id) => ({ id, label: <span data-testid={`view-${id}`}>{t(`results-view-${id}`)}</span>, content: content[id] }))}
      />
    </DetailsProvider>
  );
}
