/** Two images of the registry: what is fixed, what remains, what is new. An image that is not scanned is not compared. */
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { lazy, Suspense } from "react";
import { Loading } from "../components/Loading";
import { ProblemAlert } from "../components/ProblemAlert";
import { useT } from "../i18n/context";
import { commands, type ExploredImage, type Scan } from "../ipc/client";
import { useIpc } from "../ipc/useIpc";
import { DetailsProvider } from "../results/DetailsProvider";
import { DiffCards } from "../results/DiffCards";
import { DiffLists } from "../results/DiffLists";
import { unfiltered } from "../results/tableQuery";
import { ScanNotice } from "./ImageResults";
import { imageName } from "./imageName";

const CompareCharts = lazy(() => import("../charts/CompareCharts"));

interface CompareImagesProps {
  before: ExploredImage;
  after: ExploredImage;
}

export function CompareImages({ before, after }: CompareImagesProps) {
  const { t } = useT();
  const { data, problem, reload } = useIpc(
    async () => {
      // One after the other: both are read from the same services.
      const first = await commands.exploreImage(before.repository, before.digest);
      return [first, await commands.exploreImage(after.repository, after.digest)] as const;
    },
    `${before.repository} ${before.digest} ${after.repository} ${after.digest}`,
  );
  if (problem) return <ProblemAlert problem={problem} title={t("compare-failed")} onRetry={reload} />;
  if (!data) return <Loading text={t("findings-loading")} />;
  return (
    <SpaceBetween size="l">
      {data.filter(({ image }) => image.scan.state !== "scanned").map(({ image, findings }) => (
        <ScanNotice key={image.digest} image={image} hasFindings={findings !== null} />
      ))}
      {data[0].findings && data[1].findings ? (
        <DetailsProvider>
          <Compared before={{ name: imageName(before), scan: data[0].findings }} after={{ name: imageName(after), scan: data[1].findings }} />
        </DetailsProvider>
      ) : null}
    </SpaceBetween>
  );
}

interface NamedScan {
  name: string;
  scan: Scan;
}

function Compared({ before, after }: { before: NamedScan; after: NamedScan }) {
  const { t } = useT();
  const { data, problem, reload } = useIpc(
    () =>
      Promise.all([
        commands.compare({ scan: before.scan.id }, { scan: after.scan.id }),
        commands.summary(unfiltered({ scan: before.scan.id })),
        commands.summary(unfiltered({ scan: after.scan.id })),
      ]),
    `${before.scan.id} ${before.scan.finishedAt ?? ""} ${after.scan.id} ${after.scan.finishedAt ?? ""}`,
  );
  if (problem) return <ProblemAlert problem={problem} title={t("compare-failed")} onRetry={reload} />;
  if (!data) return <Loading />;
  const [comparison, summaryBefore, summaryAfter] = data;
  return (
    <SpaceBetween size="l">
      <Container header={<Header variant="h2" description={t("compare-about", { before: before.name, after: after.name })}>{t("explorer-compare-title")}</Header>}>
        <DiffCards comparison={comparison} />
      </Container>
      <Suspense fallback={<Loading />}>
        <CompareCharts comparison={comparison} before={{ image: before.name, summary: summaryBefore }} after={{ image: after.name, summary: summaryAfter }} />
      </Suspense>
      <DiffLists comparison={comparison} before={before.scan.id} after={after.scan.id} />
    </SpaceBetween>
  );
}
