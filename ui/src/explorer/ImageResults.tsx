/** The findings of an image, or why there are none to show. */
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { lazy, Suspense } from "react";
import { Loading } from "../components/Loading";
import { ProblemAlert } from "../components/ProblemAlert";
import { useLocalizer, useT } from "../i18n/context";
import { commands, type ExploredImage } from "../ipc/client";
import { useIpc } from "../ipc/useIpc";
import { DetailsProvider } from "../results/DetailsProvider";
import { imageName } from "./imageName";
import { ScanStatus } from "./ScanStatus";

const FindingsView = lazy(() => import("../results/FindingsView"));

export function ImageResults({ image }: { image: ExploredImage }) {
  const { t } = useT();
  const { data, problem, reload } = useIpc(() => commands.exploreImage(image.repository, image.digest), `${image.repository} ${image.digest}`);
  const name = imageName(image);
  return (
    <SpaceBetween size="l">
      <Header variant="h2" description={<code translate="no">{image.digest}</code>}>
        <span translate="no">{name}</span>
      </Header>
      {problem ? <ProblemAlert problem={problem} title={t("findings-failed")} onRetry={reload} /> : null}
      {data ? <ScanNotice image={data.image} hasFindings={data.findings !== null} /> : problem ? null : <Loading text={t("findings-loading")} />}
      {data?.findings ? (
        <DetailsProvider>
          <Suspense fallback={<Loading />}>
            <FindingsView key={`${data.findings.id} ${data.findings.finishedAt ?? ""}`} scan={data.findings} />
          </Suspense>
        </DetailsProvider>
      ) : null}
    </SpaceBetween>
  );
}

/** The state of the scan; without findings also that this does not mean that there are no vulnerabilities. */
export function ScanNotice({ image, hasFindings }: { image: ExploredImage; hasFindings: boolean }) {
  const { t, date } = useT();
  const localizer = useLocalizer();
  const { lastScannedAt } = image.scan;
  if (image.scan.state === "scanned") {
    return (
      <div>
        <ScanStatus scan={image.scan} />
        {lastScannedAt === null ? null : <Box color="text-body-secondary">{t("coverage-scanned", { at: date(lastScannedAt) })}</Box>}
      </div>
    );
  }
  const reason = `coverage-${(image.scan.reason ?? "none").toLowerCase().replaceAll("_", "-")}`;
  return (
    <div data-testid="explorer-notice" data-findings={hasFindings}>
      <Alert type={hasFindings ? "info" : "warning"} header={imageName(image)}>
        <ScanStatus scan={image.scan} />
        {localizer.has(reason) ? <p>{t(reason)}</p> : null}
        <p>{t(hasFindings ? "explorer-so-far" : "explorer-not-known")}</p>
      </Alert>
    </div>
  );
}
