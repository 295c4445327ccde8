/** In practice mode: moves the practice clock forward, and shows whether Inspector still watches the images. */
import Button from "@cloudscape-design/components/button";
import LiveRegion from "@cloudscape-design/components/live-region";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useState } from "react";
import { ButtonRow } from "../components/ButtonRow";
import { ProblemAlert } from "../components/ProblemAlert";
import { useT } from "../i18n/context";
import { asProblem, commands, type CoverageRow, type IpcError, type StepId } from "../ipc/client";
import { useIpc } from "../ipc/useIpc";
import { useLab, useRun } from "../lab/state";
import { imagesOf } from "../results/reasons";
import { Fold } from "./Fold";

const DAYS = [1, 14] as const;

export function WatchingEnds({ step }: { step: Extract<StepId, "results" | "cleanup"> }) {
  const { t, message } = useT();
  const { backend, job, clock, advanceClock, refresh } = useLab();
  const [advancing, setAdvancing] = useState<number | null>(null);
  const [problem, setProblem] = useState<IpcError | null>(null);
  if (backend?.mode !== "practice") return null;
  const advance = (days: number) => {
    setAdvancing(days);
    setProblem(null);
    advanceClock(days)
      // What the step has read is compared with what is there now.
      .then(() => (step === "results" ? commands.check("results").then(refresh) : undefined))
      .catch((thrown: unknown) => { setProblem(asProblem(thrown)); })
      .finally(() => { setAdvancing(null); });
  };
  return (
    <Fold title={t("watching-title")} description={t("watching-about")} folded={step === "cleanup"} testId="fold-watching">
      <div data-testid="watching-ends">
        <SpaceBetween size="m">
          <p>{t(`watching-why-${step}`)}</p>
          <ButtonRow>
            {DAYS.map((days) => (
              <Button
                key={days}
                iconName="calendar"
                loading={advancing === days}
                disabled={advancing !== null || job?.info.state === "running"}
                onClick={() => { advance(days); }}
                data-testid={`advance-${days}`}
              >
                {t("watching-advance", { days })}
              </Button>
            ))}
          </ButtonRow>
          <LiveRegion>{clock?.text ? <strong data-testid="clock-text">{message(clock.text)}</strong> : t("watching-not-moved")}</LiveRegion>
          <p>{t("watching-forward-only")}</p>
          {problem ? <ProblemAlert problem={problem} title={t("watching-failed")} /> : null}
          <Watched version={`${clock?.clock.aheadSeconds ?? ""} ${job?.info.state ?? ""}`} />
        </SpaceBetween>
      </div>
    </Fold>
  );
}

/** What Inspector says of the images of the watched repository now. */
function Watched({ version }: { version: string }) {
  const { t } = useT();
  const { plan } = useRun();
  const { data, problem, reload } = useIpc(() => commands.inspectorView(), version);
  if (problem) return <ProblemAlert problem={problem} title={t("inspector-failed")} onRetry={reload} />;
  if (!data) return null;
  const images = data.filter(({ repository }) => repository === plan.prod).flatMap(imagesOf);
  return (
    <section aria-label={t("watching-images", { name: plan.prod })}>
      <h3>{t("watching-images", { name: plan.prod })}</h3>
      {images.length === 0 ? (
        <p>{t("watching-no-images", { name: plan.prod })}</p>
      ) : (
        <ul>
          {images.map((row) => (
            <WatchedImage key={row.resourceId} row={row} />
          ))}
        </ul>
      )}
    </section>
  );
}

function WatchedImage({ row }: { row: CoverageRow }) {
  const { t } = useT();
  const ended = row.findingsReason === "no_longer_watched";
  const watched = row.status === "ACTIVE";
  return (
    <li data-testid="watched-image" data-reason={row.reason}>
      <strong translate="no">{row.tags.length === 0 ? t("coverage-untagged") : row.tags.join(", ")}</strong>{" "}
      <StatusIndicator type={ended ? "warning" : watched ? "success" : "stopped"}>
        {t(ended ? "report-reason-no-longer-watched" : watched ? "watching-watched" : "watching-unwatched")}
      </StatusIndicator>{" "}
      <code translate="no">{row.reason ?? "–"}</code>
    </li>
  );
}
