/** The preview of cleaning up: what will be deleted, what will be restored, what stays and why. */
import Checkbox from "@cloudscape-design/components/checkbox";
import Icon, { type IconProps } from "@cloudscape-design/components/icon";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { PreviewWarnings } from "../components/PreviewWarnings";
import { EmptyState } from "../components/EmptyState";
import { ProblemAlert } from "../components/ProblemAlert";
import { useT } from "../i18n/context";
import { asProblem, commands, type Change, type ChangeKind, type IpcError, type NamedByPlan, type Preview } from "../ipc/client";
import { CleanupChoice } from "./CleanupChoice";
import styles from "./CleanupChanges.module.css";

type Group = "goes" | "returns" | "stays";

const groups: readonly { id: Group; icon: IconProps.Name; kinds: readonly ChangeKind[] }[] = [
  { id: "goes", icon: "remove", kinds: ["delete"] },
  { id: "returns", icon: "undo", kinds: ["restore", "replace", "create"] },
  { id: "stays", icon: "lock-private", kinds: ["keep"] },
];

export function CleanupChanges({ preview, finished }: { preview: Preview; finished: boolean }) {
  const { t } = useT();
  if (preview.changes.length === 0 && preview.namedByPlan.length === 0) {
    return <EmptyState icon="status-positive" text={t(finished ? "cleanup-nothing-left" : "cleanup-nothing-yet")} />;
  }
  return (
    <SpaceBetween size="m">
      <PreviewWarnings warnings={preview.warnings} />
      {preview.choices.length > 0 ? <CleanupChoice choices={preview.choices} /> : null}
      <div className={styles.groups} data-testid="cleanup-preview">
        {groups.map(({ id, icon, kinds }) => (
          <GroupList key={id} id={id} icon={icon} changes={preview.changes.filter((change) => kinds.includes(change.kind))} />
        ))}
      </div>
      {preview.namedByPlan.length > 0 && !finished ? <NotMade named={preview.namedByPlan} /> : null}
    </SpaceBetween>
  );
}

/** What the plan names and the run did not make, or of which that is not known: removed only where it is ticked. */
function NotMade({ named }: { named: readonly NamedByPlan[] }) {
  const { t } = useT();
  const [chosen, setChosen] = useState(() => named.filter((one) => one.chosen).map((one) => one.name));
  const [problem, setProblem] = useState<IpcError | null>(null);
  const choose = (name: string, checked: boolean) => {
    const names = checked ? [...chosen, name] : chosen.filter((other) => other !== name);
    setProblem(null);
    commands
      .chooseRemovals(names)
      .then(() => { setChosen(names); })
      .catch((thrown: unknown) => { setProblem(asProblem(thrown)); });
  };
  const group = (id: "cleanup-not-made" | "cleanup-unknown-origin", of: readonly NamedByPlan[]) => of.length === 0 ? null : (
    <section data-testid={id} aria-label={t(id)}>
      <SpaceBetween size="s">
        <h3>{t(id)}</h3>
        <p>{t(`${id}-about`)}</p>
        {of.map(({ name, command }) => (
          <Checkbox
            key={name}
            checked={chosen.includes(name)}
            description={<code translate="no">{command}</code>}
            onChange={({ detail }) => { choose(name, detail.checked); }}
            data-testid={`remove-${name}`}
          >
            {t("cleanup-not-made-remove", { name })}
          </Checkbox>
        ))}
      </SpaceBetween>
    </section>
  );
  return (
    <SpaceBetween size="s">
      {group("cleanup-not-made", named.filter((one) => !one.unknownOrigin))}
      {group("cleanup-unknown-origin", named.filter((one) => one.unknownOrigin))}
      {problem ? <ProblemAlert problem={problem} /> : null}
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
