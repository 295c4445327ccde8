/** The preview of cleaning up: what will be deleted, what will be restored, what stays and why. */
import Alert from "@cloudscape-design/components/alert";
import Icon, { type IconProps } from "@cloudscape-design/components/icon";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { EmptyState } from "../components/EmptyState";
import { useT } from "../i18n/context";
import type { Change, ChangeKind, Preview } from "../ipc/client";
import styles from "./CleanupChanges.module.css";

type Group = "goes" | "returns" | "stays";

const groups: readonly { id: Group; icon: IconProps.Name; kinds: readonly ChangeKind[] }[] = [
  { id: "goes", icon: "remove", kinds: ["delete"] },
  { id: "returns", icon: "undo", kinds: ["restore", "replace", "create"] },
  { id: "stays", icon: "lock-private", kinds: ["keep"] },
];

export function CleanupChanges({ preview, finished }: { preview: Preview; finished: boolean }) {
  const { t, message } = useT();
  if (preview.changes.length === 0) {
    return <EmptyState icon="status-positive" text={t(finished ? "cleanup-nothing-left" : "cleanup-nothing-yet")} />;
  }
  return (
    <SpaceBetween size="m">
      {preview.warnings.map((warning, index) => (
        <Alert key={`${warning.id} ${index}`} type="warning">
          {message(warning)}
        </Alert>
      ))}
      <div className={styles.groups} data-testid="cleanup-preview">
        {groups.map(({ id, icon, kinds }) => (
          <GroupList key={id} id={id} icon={icon} changes={preview.changes.filter((change) => kinds.includes(change.kind))} />
        ))}
      </div>
    </SpaceBetween>
  );
}

function GroupList({ id, icon, changes }: { id: Group; icon: IconProps.Name; changes: readonly Change[] }) {
  const { t, message, number } = useT();
  return (
    <section className={styles.group} data-group={id} data-testid={`cleanup-${id}`} aria-label={t(`cleanup-${id}`)}>
      <h3>
        <Icon name={icon} /> {t(`cleanup-${id}`)} <span>{number(changes.length)}</span>
      </h3>
      {changes.length === 0 ? <p className={styles.none}>{t("cleanup-none")}</p> : null}
      <ul>
        {changes.map((change, index) => (
          <li key={index}>
            <strong>{message(change.what)}</strong>
            {change.before && id === "stays" ? <span>{message(change.before)}</span> : null}
            {change.before && change.after ? (
              <>
                <span>{t("cleanup-now", { what: message(change.before) })}</span>
                <span>{t("cleanup-then", { what: message(change.after) })}</span>
              </>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
