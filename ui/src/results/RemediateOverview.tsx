/** Before and after the fix, in three views: what is fixed, what remains and why that is normal, and what is new. */
import Alert from "@cloudscape-design/components/alert";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tabs from "@cloudscape-design/components/tabs";
import { lazy, Suspense, type ReactNode } from "react";
import { EmptyState } from "../components/EmptyState";
import { ProblemAlert } from "../components/ProblemAlert";
import { Loading } from "../components/Loading";
import { useT } from "../i18n/context";
import { commands, type Scan } from "../ipc/client";
import { useIpc } from "../ipc/useIpc";
import { useRun } from "../lab/state";
import { DetailsProvider } from "./DetailsProvider";
import { DiffCards } from "./DiffCards";
import { DiffLists } from "./DiffLists";
import { unfiltered } from "./tableQuery";
import { useScans } from "./useScans";
import { useView } from "./useView";
import shared from "./shared.module.css";

const VIEWS = ["overview", "charts", "lists"] as const;

const CompareCharts = lazy(() => import("../charts/CompareCharts"));

export default function RemediateOverview() {
  const { t } = useT();
  const { data, problem, reload } = useScans();
  if (problem) return <ProblemAlert problem={problem} title={t("compare-failed")} onRetry={reload} />;
  if (!data) return <Loading />;
  const { vulnerable, fixed } = data;
  if (!vulnerable || !fixed) return <EmptyState text={t("compare-not-yet")} />;
  return (
    <DetailsProvider>
      <Compared before={vulnerable} after={fixed} />
    </DetailsProvider>
  );
}

function Compared({ before, after }: { before: Scan; after: Scan }) {
  const { t } = useT();
  const { plan } = useRun();
  const { view, setView } = useView("remediate", VIEWS);
  const { data, problem, reload } = useIpc(
    () =>
      Promise.all([
        commands.compare({ scan: before.id }, { scan: after.id }),
        commands.summary(unfiltered({ scan: before.id })),
        commands.summary(unfiltered({ scan: after.id })),
      ]),
    `${before.id} ${before.finishedAt ?? ""} ${after.id} ${after.finishedAt ?? ""}`,
  );
  if (problem) return <ProblemAlert problem={problem} title={t("compare-failed")} onRetry={reload} />;
  if (!data) return <Loading />;
  const [comparison, summaryBefore, summaryAfter] = data;
  const content: Record<(typeof VIEWS)[number], ReactNode> = {
    overview: (
      <Container header={<Header variant="h2" description={t("compare-about", { before: plan.image, after: plan.fixedImage })}>{t("compare-title")}</Header>}>
        <DiffCards comparison={comparison} />
        <div className={shared.noteBox}>
          <strong>{t("compare-remains-title")}</strong>
          <p>{t("compare-remains")}</p>
        </div>
      </Container>
    ),
    charts: (
      <Suspense fallback={<Loading />}>
        <CompareCharts comparison={comparison} before={{ image: plan.image, summary: summaryBefore }} after={{ image: plan.fixedImage, summary: summaryAfter }} />
      </Suspense>
    ),
    lists: <DiffLists comparison={comparison} before={before.id} after={after.id} />,
  };
  return (
    <SpaceBetween size="m">
      <div data-testid="log4shell-status" data-fixed={comparison.log4shellFixed}>
        {comparison.log4shellFixed ? (
          <Alert type="success" header={t("compare-log4shell-fixed")}>
            {t("compare-log4shell-fixed-about", { image: plan.fixedImage })}
          </Alert>
        ) : (
          <Alert type="warning" header={t("compare-log4shell-stays")}>
            {t("compare-log4shell-stays-about")}
          </Alert>
        )}
      </div>
      <Tabs
        ariaLabel={t("results-views")}
        activeTabId={view}
        onChange={({ detail }) => { setView(detail.activeTabId); }}
        tabs={VIEWS.map((id) => ({ id, label: <span data-testid={`view-${id}`}>{t(`compare-view-${id}`)}</span>, content: content[id] }))}
      />
    </SpaceBetween>
  );
}
