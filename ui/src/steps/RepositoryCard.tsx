/** The current state of cardFilter repository. */
import Badge from "@cloudscape-design/components/badge";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { ReactNode } from "react";
import { useMasked } from "../components/Account";
import { CopyButton } from "../components/CopyButton";
import { useT } from "../i18n/context";
import type { CardImage, RepositoryCard as Card } from "../ipc/client";
import styles from "./RepositoryCard.module.css";

interface CardProps {
  card: Card;
  role: "prod" | "sandbox" | "shared";
  /** The lab's own filter. */
  filter: string;
}

export function RepositoryCard({ card, role, filter }: CardProps) {
  const { t } = useT();
  return (
    <li className={styles.card} data-testid={`repository-${card.name}`} data-exists={card.exists} data-watched={card.watched}>
      <header>
        <h3 translate="no">{card.name}</h3>
        {card.exists ? (
          <Badge color={card.ours ? "green" : "grey"}>{t(card.ours ? "repository-ours" : "repository-stood")}</Badge>
        ) : null}
      </header>
      <p>{t(`repository-about-${role}`)}</p>
      {card.exists ? (
        <Facts card={card} filter={filter} />
      ) : (
        <>
          <StatusIndicator type="pending">{t("repository-not-there")}</StatusIndicator>
          <p>{t("repository-none-yet")}</p>
        </>
      )}
    </li>
  );
}

function Facts({ card, filter }: Pick<CardProps, "card" | "filter">) {
  const { t } = useT();
  const masked = useMasked();
  return (
    <dl>
      {card.uri === null ? null : (
        <Row name={t("repository-address")}>
          <span className={styles.address}>
            <code translate="no">{masked(card.uri)}</code>
            <CopyButton text={card.uri} label={t("repository-copy", { name: card.name })} />
          </span>
        </Row>
      )}
      <Row name={t("repository-scanning")}>
        <StatusIndicator type={card.watched ? "success" : "stopped"}>
          {t(card.watched ? "repository-watched" : "repository-unwatched")}
        </StatusIndicator>
        {card.scanFrequency === null ? null : (
          <code className={styles.frequency} translate="no">
            {card.scanFrequency}
          </code>
        )}
      </Row>
      <Row name={t("repository-filter")}>
        {card.filters.length > 0 ? (
          card.filters.map((cardFilter) => (
            <code key={cardFilter} className={styles.filter} data-own={cardFilter === filter} translate="no">
              {cardFilter}
            </code>
          ))
        ) : (
          <span className={styles.secondary}>{t("repository-no-filter")}</span>
        )}
      </Row>
      <Row name={t("repository-images")}>
        {card.images.length > 0 ? <Images images={card.images} /> : <span className={styles.secondary}>{t("repository-empty")}</span>}
      </Row>
    </dl>
  );
}

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Images({ images }: { images: readonly CardImage[] }) {
  const { t, bytes } = useT();
  return (
    <ul className={styles.images}>
      {images.map(({ digest, tags, size }) => (
        <li key={digest}>
          <strong translate="no">{tags.length > 0 ? tags.join(", ") : t("repository-untagged")}</strong>
          <code translate="no" title={digest}>
            {digest.slice(0, 19)}…
          </code>
          <span className={styles.secondary}>{bytes(size)}</span>
        </li>
      ))}
    </ul>
  );
}
