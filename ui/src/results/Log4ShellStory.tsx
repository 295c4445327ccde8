/** The vulnerability that the lesson is about: what it is, and where it is in the image. */
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import { useMemo } from "react";
import { InfoLink } from "../components/InfoLink";
import { ProblemAlert } from "../components/ProblemAlert";
import { SeverityBadge } from "../components/SeverityBadge";
import { shortDigest } from "../components/digest";
import { useT } from "../i18n/context";
import { commands, type Finding, type Row, type Scan } from "../ipc/client";
import { useIpc } from "../ipc/useIpc";
import { useDetails } from "./details";
import { Facts } from "./Facts";
import { LOG4SHELL } from "./log4shell";
import { rowKey } from "./rows";
import { INITIAL_QUERY, toQuery } from "./tableQuery";
import shared from "./shared.module.css";
import styles from "./Log4ShellStory.module.css";

const MAX_ROWS = 20;

interface Log4Shell {
  rows: readonly Row[];
  finding: Finding | null;
}

async function loadLog4Shell(scan: Scan): Promise<Log4Shell> {
  const filter = { operation: "and" as const, tokens: [], tokenGroups: [{ propertyKey: "vulnerabilityId", operator: "=" as const, value: LOG4SHELL }] };
  const { rows } = await commands.findingsPage(toQuery({ scan: scan.id }, { ...INITIAL_QUERY, view: "instances", filter }, MAX_ROWS));
  const first = rows[0];
  return { rows, finding: first ? await commands.finding(first.scan, first.arn) : null };
}

export function Log4ShellStory({ scan }: { scan: Scan }) {
  const { t } = useT();
  const { data, problem, reload } = useIpc(() => loadLog4Shell(scan), `${scan.id} ${scan.finishedAt ?? ""}`);
  if (problem) return <ProblemAlert problem={problem} onRetry={reload} />;
  if (!data) return null;
  const [first] = data.rows;
  if (!first || !data.finding) return <p className={shared.subdued}>{t("log4shell-absent")}</p>;
  return <Story rows={data.rows} first={first} finding={data.finding} />;
}

function Story({ rows, first, finding }: { rows: readonly Row[]; first: Row; finding: Finding }) {
  const { t, score, percent, day } = useT();
  const { open } = useDetails();
  const kevDate = finding.kev?.dateAdded;
  const fixedIn = useMemo(() => [...new Set(rows.map((row) => row.fixedIn).filter((version) => version !== null))].join(", "), [rows]);
  return (
    <div data-testid="log4shell">
      <Container
        header={
          <Header
            variant="h2"
            info={<InfoLink topic="log4shell" />}
            description={t("log4shell-what")}
            actions={
              <Button onClick={() => { open({ scan: first.scan, arn: first.arn, row: rowKey(first) }); }} data-testid="log4shell-open">
                {t("log4shell-open")}
              </Button>
            }
          >
            {t("log4shell-title")}
          </Header>
        }
      >
        <div className={styles.body}>
          <ul className={styles.figures}>
            <li>
              <SeverityBadge severity={first.severity} />
              <strong>{first.score === null ? "–" : score(first.score)}</strong>
              <span>{t("log4shell-score")}</span>
            </li>
            <li>
              <strong>{first.epss === null ? "–" : percent(first.epss)}</strong>
              <span>{t("log4shell-epss")}</span>
            </li>
            <li>
              {first.kev ? <span className={shared.kev}>{t("kev")}</span> : null}
              <strong>{kevDate == null ? "–" : day(kevDate)}</strong>
              <span>{t("log4shell-kev")}</span>
            </li>
          </ul>
          <dl className={styles.text}>
            {(["when", "how", "why", "fix"] as const).map((part) => (
              <div key={part}>
                <dt>{t(`log4shell-${part}-title`)}</dt>
                <dd>{t(`log4shell-${part}`)}</dd>
              </div>
            ))}
          </dl>
          <div>
            <Box variant="h3">{t("log4shell-where", { count: rows.length })}</Box>
            <ul className={styles.places}>
              {rows.map((row) => (
                <li key={rowKey(row)}>
                  <Facts
                    facts={[
                      { label: t("property-package"), value: <code translate="no">{`${row.package ?? row.title} ${row.version ?? ""}`}</code> },
                      { label: t("property-file-path"), value: row.filePath === null ? null : <code translate="no">{row.filePath}</code> },
                      { label: t("property-layer"), value: row.layer === null ? null : <code title={row.layer} translate="no">{shortDigest(row.layer)}</code> },
                      { label: t("property-fixed-in"), value: row.fixedIn === null ? null : <code translate="no">{row.fixedIn}</code> },
                    ]}
                  />
                </li>
              ))}
            </ul>
            {fixedIn === "" ? null : <p className={shared.subdued}>{t("log4shell-later")}</p>}
          </div>
        </div>
      </Container>
    </div>
  );
}
