/** The current scanning configuration of the registry beside the new one, rule by rule. */
import Alert from "@cloudscape-design/components/alert";
import Badge from "@cloudscape-design/components/badge";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { PreviewWarnings } from "../components/PreviewWarnings";
import { PreviewCost } from "../components/PreviewTable";
import { useT } from "../i18n/context";
import type { Change, Message, Preview } from "../ipc/client";
import styles from "./ScanningChanges.module.css";

export function ScanningChanges({ preview }: { preview: Preview }) {
  const { message } = useT();
  return (
    <SpaceBetween size="m">
      {preview.notes.map((note, index) => (
        <Alert key={index} type="info">
          {message(note)}
        </Alert>
      ))}
      <PreviewWarnings warnings={preview.warnings} />
      {preview.changes.map((change, index) => (
        <Sides key={index} change={change} />
      ))}
      <PreviewCost preview={preview} />
    </SpaceBetween>
  );
}

function Sides({ change }: { change: Change }) {
  const { t, message } = useT();
  const same = change.kind === "keep";
  return (
    <section className={styles.sides} aria-label={message(change.what)} data-kind={change.kind}>
      <h3>
        {message(change.what)} {same ? <Badge color="grey">{t("scanning-same")}</Badge> : null}
      </h3>
      <div>
        <Side title={t("scanning-now")} summary={change.before} />
        <span className={styles.arrow} aria-hidden="true">
          →
        </span>
        <Side title={t("scanning-then")} summary={change.after ?? change.before} isNew={!same} />
      </div>
    </section>
  );
}

function Side({ title, summary, isNew = false }: { title: string; summary: Message | null; isNew?: boolean }) {
  const { t, message } = useT();
  const configuration = summary && parseConfiguration(summary);
  return (
    <div className={styles.side} data-new={isNew}>
      <h4>{title}</h4>
      {configuration ? (
        <dl>
          <div>
            <dt>{t("scanning-type")}</dt>
            <dd>
              <code translate="no">{configuration.type}</code>
            </dd>
          </div>
          {configuration.rules.map(({ frequency, filters }) => (
            <div key={frequency}>
              <dt>
                <code translate="no">{frequency}</code>
              </dt>
              <dd>
                {filters.map((filter) => (
                  <code key={filter} className={styles.filter} translate="no">
                    {filter}
                  </code>
                ))}
              </dd>
            </div>
          ))}
          {configuration.rules.length === 0 ? (
            <div>
              <dt>{t("scanning-rules-of")}</dt>
              <dd>{t("scanning-no-rules")}</dd>
            </div>
          ) : null}
        </dl>
      ) : (
        <p>{summary ? message(summary) : t("scanning-no-rules")}</p>
      )}
    </div>
  );
}

interface Configuration {
  type: string;
  rules: readonly { frequency: string; filters: readonly string[] }[];
}

/** Parses the summary of a configuration that the lab writes: `TYPE · FREQUENCY: filter, filter`. Neither separator can occur in a filter. */
function parseConfiguration({ args }: Message): Configuration | null {
  const text = args?.["configuration"];
  if (typeof text !== "string") return null;
  const [type = "", ...rules] = text.split(" · ");
  return {
    type,
    rules: rules.map((rule) => {
      const [frequency = "", filters = ""] = rule.split(": ");
      return { frequency, filters: filters.split(", ").filter((filter) => filter !== "") };
    }),
  };
}
