/** The same image in two repositories: one is scanned, the other is not. */
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { SEVERITIES, SeverityBadge } from "../components/SeverityBadge";
import { AssessedLine } from "../components/WhatWasAssessed";
import { shortDigest } from "../components/digest";
import { useT } from "../i18n/context";
import type { AssessedText, RepositoryOutcome, RunOutcome, Severity, SeverityTally } from "../ipc/client";
import { useRun } from "../lab/state";
import { reasonId } from "./reasons";
import shared from "./shared.module.css";
import styles from "./SideBySide.module.css";

interface SideBySideProps {
  outcome: RunOutcome;
  /** Shows what was assessed in full. */
  onAssessed: () => void;
}

export function SideBySide({ outcome, onAssessed }: SideBySideProps) {
  const { t } = useT();
  const { plan } = useRun();
  const [prod, sandbox] = [plan.prod, plan.sandbox].map((name) => outcome.repositories.find((repository) => repository.name === name));
  if (!prod || !sandbox) return null;
  const same = prod.digest !== null && prod.digest === sandbox.digest;
  return (
    <Container header={<Header variant="h2" description={t("sides-about")}>{t("sides-title")}</Header>}>
      <div className={styles.sides} data-testid="sides" data-same={same}>
        <Side side={prod} assessed={outcome.assessed[prod.name] ?? null} onAssessed={onAssessed} />
        <div className={styles.comparison}>
          <span aria-hidden="true">{same ? "=" : "≠"}</span>
          <span>{t(same ? "sides-same" : "sides-differ")}</span>
        </div>
        <Side side={sandbox} assessed={outcome.assessed[sandbox.name] ?? null} onAssessed={onAssessed} />
      </div>
      <p className={styles.why}>{t("sides-why", { prod: plan.prod, sandbox: plan.sandbox, filter: plan.filter })}</p>
    </Container>
  );
}

function Side({ side, assessed, onAssessed }: { side: RepositoryOutcome; assessed: AssessedText | null; onAssessed: () => void }) {
  const { t } = useT();
  const { findings } = side;
  const reason = side.findingsReason ?? "not_read";
  return (
    <section className={styles.side} aria-label={side.name} data-testid={`side-${side.name}`} data-watched={side.watched} data-findings={side.findings?.total} data-vulnerabilities={side.findings?.unique} data-reason={side.findingsReason} data-no-longer-watched={side.noLongerWatched}>
      <h3 translate="no">{side.name}</h3>
      <code title={side.digest ?? undefined} translate="no">
        {side.digest === null ? "–" : `sha256:${shortDigest(side.digest)}…`}
      </code>
      {side.noLongerWatched ? (
        <StatusIndicator type="warning">{t("report-reason-no-longer-watched")}</StatusIndicator>
      ) : (
        <StatusIndicator type={side.watched === null ? "pending" : side.watched ? "success" : "stopped"}>
          {t(side.watched === null ? "side-scanning-unknown" : side.watched ? "side-watched" : "side-unwatched")}
        </StatusIndicator>
      )}
      {findings ? (
        <>
          <p className={styles.count}>
            <strong>{t("side-vulnerabilities", { count: findings.unique })}</strong>
          </p>
          <p className={shared.subdued}>{t("side-findings", { count: findings.total })}</p>
          <ul className={styles.severities}>
            {SEVERITIES.map((severity) => {
              const count = countOf(findings.vulnerabilities ?? findings, severity);
              return count === 0 ? null : (
                <li key={severity}>
                  <SeverityBadge severity={severity} count={count} />
                </li>
              );
            })}
          </ul>
          {side.noLongerWatched ? <p className={shared.subdued}>{t("side-from-before")}</p> : null}
          {side.log4shell === null ? null : <StatusIndicator type={side.log4shell ? "error" : "success"}>{t(side.log4shell ? "side-log4shell" : "side-no-log4shell")}</StatusIndicator>}
          <AssessedLine assessed={assessed} onOpen={onAssessed} />
        </>
      ) : (
        <>
          <p className={styles.count}>
            <strong>–</strong> {t(`report-reason-${reasonId(reason)}`)}
          </p>
          <p className={shared.subdued}>{t(`side-means-${reasonId(reason)}`)}</p>
          {assessed === null ? null : <AssessedLine assessed={assessed} onOpen={onAssessed} />}
          {reason === "not_scanned" ? (
            <code className={styles.response} translate="no">
              ScanNotFoundException
            </code>
          ) : null}
        </>
      )}
    </section>
  );
}

function countOf(counts: SeverityTally, severity: Severity): number {
  const bySeverity: Record<Severity, number> = {
    CRITICAL: counts.critical,
    HIGH: counts.high,
    MEDIUM: counts.medium,
    LOW: counts.low,
    INFORMATIONAL: counts.informational,
    UNTRIAGED: counts.untriaged,
  };
  return bySeverity[severity];
}
