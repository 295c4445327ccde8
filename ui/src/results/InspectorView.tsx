/** Inspector's view of the repositories: its coverage with reasons, and its counts beside ECR's. */
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { ProblemAlert } from "../components/ProblemAlert";
import { Loading } from "../components/Loading";
import { useT, useLocalizer } from "../i18n/context";
import { commands, type CoverageRow, type InspectorRepository, type RunOutcome } from "../ipc/client";
import { useIpc } from "../ipc/useIpc";
import { classNames } from "../theme/classNames";
import table from "../components/table.module.css";
import a11y from "../components/a11y.module.css";
import { isZero, reasonId, reasonOf } from "./reasons";
import shared from "./shared.module.css";
import styles from "./InspectorView.module.css";

interface InspectorViewProps {
  outcome: RunOutcome;
  /** Loads again when it changes. */
  version: string;
}

export function InspectorView({ outcome, version }: InspectorViewProps) {
  const { t } = useT();
  const { data, problem, loading, reload } = useIpc(() => commands.inspectorView(), version);
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={t("inspector-about")}
          actions={<Button iconName="refresh" variant="icon" ariaLabel={t("inspector-reload")} loading={loading} onClick={reload} />}
        >
          {t("inspector-title")}
        </Header>
      }
    >
      {problem ? <ProblemAlert problem={problem} title={t("inspector-failed")} onRetry={reload} /> : null}
      {!data && !problem ? <Loading text={t("inspector-loading")} /> : null}
      {data ? (
        <div data-testid="inspector">
          <Counts sides={data} outcome={outcome} />
          <div className={styles.coverage}>
            {data.map((side) => (
              <Coverage key={side.repository} side={side} />
            ))}
          </div>
        </div>
      ) : null}
    </Container>
  );
}

function Counts({ sides, outcome }: { sides: readonly InspectorRepository[]; outcome: RunOutcome }) {
  const { t, number } = useT();
  const rows = sides.flatMap((side) => {
    const ecr = outcome.repositories.find((other) => other.name === side.repository);
    return [
      { source: "ecr", counts: ecr?.findings ? { ...ecr.findings, all: ecr.findings.total } : null, reason: ecr?.findingsReason ?? "not_read" } as const,
      { source: "inspector", counts: side.counts ?? (isZero(side) ? NO_FINDINGS : null), reason: reasonOf(side) } as const,
    ].map((row) => ({ ...row, repository: side.repository }));
  });
  return (
    <div className={table.scroll} role="region" tabIndex={0} aria-label={t("inspector-counts")}>
      <table className={classNames(table.table, styles.counts)}>
        <caption className={a11y.visuallyHidden}>{t("inspector-counts")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("property-repository")}</th>
            <th scope="col">{t("inspector-source")}</th>
            {(["count-findings", "severity-critical", "severity-high", "severity-medium"] as const).map((id) => (
              <th key={id} scope="col" data-number="true">
                {t(id)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.repository} ${row.source}`}>
              <th scope="row" translate="no">
                {row.repository}
              </th>
              <td>{t(`source-${row.source}`)}</td>
              {row.counts ? (
                [row.counts.all, row.counts.critical, row.counts.high, row.counts.medium].map((count, index) => (
                  <td key={index} data-number="true">
                    {number(count)}
                  </td>
                ))
              ) : (
                <td colSpan={4} className={table.empty}>
                  – {t(`report-reason-${reasonId(row.reason)}`)}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      <p className={shared.subdued}>{t("inspector-counts-about")}</p>
    </div>
  );
}

const NO_FINDINGS = { all: 0, critical: 0, high: 0, medium: 0 };

function Coverage({ side }: { side: InspectorRepository }) {
  const { t } = useT();
  return (
    <section aria-label={side.repository}>
      <h3 translate="no">{side.repository}</h3>
      {side.coverage.length === 0 ? (
        <p className={shared.subdued}>{t("coverage-nothing")}</p>
      ) : (
        <ul>
          {side.coverage.map((row) => (
            <CoverageItem key={row.resourceId} row={row} />
          ))}
        </ul>
      )}
    </section>
  );
}

function CoverageItem({ row }: { row: CoverageRow }) {
  const { t, date } = useT();
  const localizer = useLocalizer();
  const image = row.resourceType === "AWS_ECR_CONTAINER_IMAGE";
  const reason = (row.reason ?? "").toLowerCase().replaceAll("_", "-");
  const reasonTextId = `coverage-${reason}`;
  return (
    <li data-testid={`coverage-${image ? "image" : "repository"}`} data-reason={row.reason}>
      <div className={styles.head}>
        <strong>{image ? t("coverage-image", { tags: row.tags.length === 0 ? t("coverage-untagged") : row.tags.join(", ") }) : t("coverage-repository")}</strong>
        <StatusIndicator type={row.status === "ACTIVE" ? "success" : "stopped"}>
          {row.status === null ? t("value-not-said") : t(row.status === "ACTIVE" ? "coverage-active" : "coverage-inactive")}
        </StatusIndicator>
      </div>
      <div>
        <code translate="no">{[row.status, row.reason, row.scanFrequency].filter((value) => value !== null).join(" · ")}</code>
      </div>
      <div>{reason !== "" && localizer.has(reasonTextId) ? t(reasonTextId) : t("coverage-unknown")}</div>
      {row.lastScannedAt === null ? null : <div className={shared.subdued}>{t("coverage-scanned", { at: date(row.lastScannedAt) })}</div>}
    </li>
  );
}
