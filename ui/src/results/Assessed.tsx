/** What the scans of both repositories assessed of their images: no findings are not the same as no vulnerabilities. */
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import { WhatWasAssessed } from "../components/WhatWasAssessed";
import { useT } from "../i18n/context";
import type { RunOutcome } from "../ipc/client";
import { useRun } from "../lab/state";
import { reasonId } from "./reasons";
import styles from "./Assessed.module.css";

export function Assessed({ outcome }: { outcome: RunOutcome }) {
  const { t } = useT();
  const { plan } = useRun();
  const repositories = [plan.prod, plan.sandbox].flatMap((name) => outcome.repositories.find((repository) => repository.name === name) ?? []);
  return (
    <Container header={<Header variant="h2" description={t("assessed-about")}>{t("assessed-title")}</Header>}>
      <div className={styles.repositories} data-testid="assessed-view">
        {repositories.map((repository) => (
          <section key={repository.name} aria-label={repository.name}>
            <h3 translate="no">{repository.name}</h3>
            {!(repository.name in outcome.assessed) && repository.findings === null ? (
              <p>{t(`report-reason-${reasonId(repository.findingsReason ?? "not_read")}`)}</p>
            ) : (
              <WhatWasAssessed assessed={outcome.assessed[repository.name] ?? null} />
            )}
          </section>
        ))}
      </div>
    </Container>
  );
}
