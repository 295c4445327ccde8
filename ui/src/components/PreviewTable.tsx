/** The preview of a step: warnings, the changes with before and after, and the cost. */
import Alert from "@cloudscape-design/components/alert";
import Badge, { type BadgeProps } from "@cloudscape-design/components/badge";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { PreviewWarnings } from "./PreviewWarnings";
import { useT } from "../i18n/context";
import type { ChangeKind, Preview } from "../ipc/client";
import { WrappableText } from "./WrappableText";
import { EmptyState } from "./EmptyState";
import table from "./table.module.css";
import styles from "./PreviewTable.module.css";
import a11y from "./a11y.module.css";
import { classNames } from "../theme/classNames";

const colors: Record<ChangeKind, NonNullable<BadgeProps["color"]>> = {
  create: "green",
  replace: "blue",
  keep: "grey",
  delete: "red",
  restore: "blue",
};

export function PreviewTable({ preview }: { preview: Preview }) {
  const { t, message } = useT();
  return (
    <SpaceBetween size="s">
      {preview.notes.map((note, index) => (
        <Alert key={index} type="info">
          {message(note)}
        </Alert>
      ))}
      <PreviewWarnings warnings={preview.warnings} />
      {preview.changes.length === 0 ? (
        <EmptyState icon="status-info" text={t("preview-nothing")} />
      ) : (
        <div className={table.scroll} role="region" tabIndex={0} aria-label={t("preview-caption")}>
          <table className={classNames(table.table, styles.changes)} data-testid="preview">
            <caption className={a11y.visuallyHidden}>{t("preview-caption")}</caption>
            <thead>
              <tr>
                <th scope="col">{t("preview-what")}</th>
                <th scope="col">{t("preview-kind")}</th>
                <th scope="col">{t("preview-before")}</th>
                <th scope="col">{t("preview-after")}</th>
              </tr>
            </thead>
            <tbody>
              {preview.changes.map((change, index) => (
                <tr key={index} data-kind={change.kind}>
                  <th scope="row"><WrappableText text={message(change.what)} /></th>
                  <td>
                    <Badge color={colors[change.kind]}>{t(`change-${change.kind}`)}</Badge>
                  </td>
                  <td>{change.before ? <WrappableText text={message(change.before)} /> : <NoValue id="preview-none" />}</td>
                  <td>{change.after ? <WrappableText text={message(change.after)} /> : <NoValue id={change.kind === "keep" ? "preview-same" : "preview-none"} />}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <PreviewCost preview={preview} />
    </SpaceBetween>
  );
}

function NoValue({ id }: { id: string }) {
  const { t } = useT();
  return <span className={table.empty}>{t(id)}</span>;
}

/** What the step costs, if anything is known about that. */
export function PreviewCost({ preview }: { preview: Preview }) {
  const { t, message } = useT();
  if (!preview.cost) return null;
  return (
    <p className={styles.cost}>
      <strong>{t("preview-cost")}</strong> {message(preview.cost)}
    </p>
  );
}
