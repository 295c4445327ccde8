/** A CVSS vector with each of its metrics explained. */
import { useMemo } from "react";
import { CopyButton } from "../components/CopyButton";
import { ProblemAlert } from "../components/ProblemAlert";
import { Loading } from "../components/Loading";
import { useT, useLocalizer } from "../i18n/context";
import { commands, type Metric, type MetricGroup } from "../ipc/client";
import { useIpc } from "../ipc/useIpc";
import { classNames } from "../theme/classNames";
import table from "../components/table.module.css";
import a11y from "../components/a11y.module.css";
import styles from "./CvssExplained.module.css";

export function CvssExplained({ vector }: { vector: string }) {
  const { t, score } = useT();
  const { data, problem, reload } = useIpc(() => commands.explainCvss(vector), vector);
  const groups = useMemo(() => groupMetrics(data?.metrics ?? []), [data]);
  return (
    <div data-testid="cvss">
      <div className={styles.vector}>
        <code translate="no">{vector}</code> <CopyButton text={vector} label={t("copy-vector")} />
      </div>
      {problem ? <ProblemAlert problem={problem} title={t("cvss-failed")} onRetry={reload} /> : null}
      {!data && !problem ? <Loading /> : null}
      {data ? (
        <>
          {data.score == null ? null : <p className={styles.score}>{t("cvss-score", { version: data.version, score: score(data.score) })}</p>}
          {groups.map(([group, metrics]) => (
            <Group key={group} group={group} metrics={metrics} />
          ))}
        </>
      ) : null}
    </div>
  );
}

function Group({ group, metrics }: { group: MetricGroup; metrics: readonly Metric[] }) {
  const { t } = useT();
  const localizer = useLocalizer();
  return (
    <table className={classNames(table.table, styles.metrics)}>
      <caption>{t(`cvss-group-${kebab(group)}`)}</caption>
      <thead className={a11y.visuallyHidden}>
        <tr>
          <th scope="col">{t("cvss-part")}</th>
          <th scope="col">{t("cvss-metric")}</th>
          <th scope="col">{t("cvss-value")}</th>
        </tr>
      </thead>
      <tbody>
        {metrics.map((metric) => (
          <tr key={metric.id} data-most-severe={MOST_SEVERE.has(`${metric.id}:${metric.value}`)}>
            <td>
              <code translate="no">{`${metric.id}:${metric.value}`}</code>
            </td>
            <th scope="row">
              {t(`cvss-${metric.name}`)}
              {localizer.has(`cvss-about-${metric.name}`) ? <span className={styles.about}>{t(`cvss-about-${metric.name}`)}</span> : null}
            </th>
            <td>{t(`cvss-value-${metric.meaning}`)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The most severe values of the base metrics of CVSS 3.x and 4.0. */
const MOST_SEVERE = new Set(["AV:N", "AC:L", "AT:N", "PR:N", "UI:N", "S:C", "C:H", "I:H", "A:H", "VC:H", "VI:H", "VA:H", "SC:H", "SI:H", "SA:H"]);

function groupMetrics(metrics: readonly Metric[]): [MetricGroup, Metric[]][] {
  const groups = new Map<MetricGroup, Metric[]>();
  for (const metric of metrics) groups.set(metric.group, [...(groups.get(metric.group) ?? []), metric]);
  return [...groups];
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
