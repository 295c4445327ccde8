/** The current state of the plan's repositories: address, scan frequency, matching filters, images. */
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import { InfoLink } from "../components/InfoLink";
import { ProblemAlert } from "../components/ProblemAlert";
import { Loading } from "../components/Loading";
import { useT } from "../i18n/context";
import { commands } from "../ipc/client";
import { useIpc } from "../ipc/useIpc";
import { useJob, useRun, useStep } from "../lab/state";
import { RepositoryCard } from "./RepositoryCard";
import styles from "./RepositoryCards.module.css";

const ROLES = ["prod", "sandbox", "shared"] as const;

export function RepositoryCards() {
  const { t } = useT();
  const { plan } = useRun();
  const { events } = useJob("repositories");
  const { state, seconds, checks } = useStep("repositories");
  // Read again after each event of the step and after each check, which may follow changes by hand.
  const outcomes = checks.map((check) => check.outcome).join();
  const { data, problem, loading, reload } = useIpc(() => commands.repositories(), `${state} ${seconds ?? ""} ${events.length} ${outcomes}`);
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={t("repositories-now-about")}
          info={<InfoLink topic="filters" />}
          actions={
            <Button iconName="refresh" loading={loading} onClick={reload} data-testid="repositories-reload">
              {t("repositories-reload")}
            </Button>
          }
        >
          {t("repositories-now")}
        </Header>
      }
    >
      {problem ? <ProblemAlert problem={problem} title={t("repositories-failed")} onRetry={reload} /> : null}
      {data === null && loading ? <Loading /> : null}
      {data ? (
        <ul className={styles.cards} data-testid="repository-cards">
          {data.map((card, index) => (
            <RepositoryCard key={card.name} card={card} role={ROLES[index] ?? "shared"} filter={plan.filter} />
          ))}
        </ul>
      ) : null}
    </Container>
  );
}
