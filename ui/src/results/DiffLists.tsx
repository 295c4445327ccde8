/** The vulnerabilities by diff status, page by page. */
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import Link from "@cloudscape-design/components/link";
import Tabs from "@cloudscape-design/components/tabs";
import { useMemo, useState } from "react";
import { EmptyState } from "../components/EmptyState";
import { Pages } from "../components/Pages";
import { ProblemAlert } from "../components/ProblemAlert";
import { SeverityBadge } from "../components/SeverityBadge";
import { Loading } from "../components/Loading";
import { useT } from "../i18n/context";
import { commands, type ComparedRow, type Comparison, type DiffStatus } from "../ipc/client";
import { classNames } from "../theme/classNames";
import { Alias } from "./Alias";
import { useDetails } from "./details";
import { nameOf } from "./rows";
import { useLatest } from "./useLatest";
import table from "../components/table.module.css";
import a11y from "../components/a11y.module.css";
import shared from "./shared.module.css";
import styles from "./DiffLists.module.css";

interface DiffListsProps {
  comparison: Comparison;
  before: number;
  after: number;
}

const STATUSES: readonly DiffStatus[] = ["fixed", "remaining", "new"];
const PAGE_SIZE = 20;

export function DiffLists({ comparison, before, after }: DiffListsProps) {
  const { t } = useT();
  return (
    <Container header={<Header variant="h2" description={t("fates-about")}>{t("fates-title")}</Header>}>
      <Tabs
        ariaLabel={t("fates-title")}
        tabs={STATUSES.map((status) => ({
          id: status,
          label: t("fate-tab", { status: t(`fate-${status}`), count: comparison[status].unique, rows: comparison[status].total }),
          content: <DiffList key={status} status={status} before={before} after={after} />,
        }))}
      />
    </Container>
  );
}

function DiffList({ status, before, after }: { status: DiffStatus; before: number; after: number }) {
  const { t } = useT();
  const [page, setPage] = useState(0);
  const request = useMemo(() => ({ status, before, after, page }), [status, before, after, page]);
  const { response, problem, reload } = useLatest(request, ({ status, before, after, page }) =>
    commands.comparePage({ scan: before }, { scan: after }, status, page, PAGE_SIZE),
  );
  if (problem) return <ProblemAlert problem={problem} title={t("compare-failed")} onRetry={reload} />;
  if (!response) return <Loading />;
  const { rows, total, pageSize } = response.data;
  if (total === 0) return <EmptyState text={t(`fate-${status}-none`)} />;
  const pages = Math.ceil(total / pageSize);
  return (
    <div data-testid={`diff-${status}`} data-total={total}>
      <div className={table.scroll} role="region" tabIndex={0} aria-label={t(`fate-${status}`)}>
        <table className={classNames(table.table, styles.list)}>
          <caption className={a11y.visuallyHidden}>{t(`fate-${status}`)}</caption>
          <thead>
            <tr>
              {["property-vulnerability-id", "property-severity", "property-score", "property-package", "fate-before", "fate-after", "property-fixed-in"].map((id) => (
                <th key={id} scope="col">
                  {t(id)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <DiffRow key={`${row.arn} ${row.package ?? ""}`} row={row} />
            ))}
          </tbody>
        </table>
      </div>
      {pages > 1 ? (
        <div className={styles.pages}>
          <Pages page={response.data.page} pages={pages} onPage={setPage} />
        </div>
      ) : null}
    </div>
  );
}

function DiffRow({ row }: { row: ComparedRow }) {
  const { t, score } = useT();
  const { open } = useDetails();
  return (
    <tr>
      <th scope="row">
        <Link
          href="#"
          ariaLabel={t("finding-open", { name: nameOf(row) })}
          onFollow={(event) => {
            event.preventDefault();
            open({ scan: row.scan, arn: row.arn, row: null });
          }}
        >
          {nameOf(row)}
        </Link>
        <Alias id={row.vulnerabilityId} />
      </th>
      <td>
        <SeverityBadge severity={row.severity} />
      </td>
      <td data-number="true">{row.score === null ? "–" : score(row.score)}</td>
      <td translate="no" className={shared.anywhere}>{row.package ?? "–"}</td>
      <td translate="no" className={shared.anywhere}>{row.versionsBefore.join(", ") || "–"}</td>
      <td translate="no" className={shared.anywhere}>{row.versionsAfter.join(", ") || "–"}</td>
      <td translate="no" className={shared.anywhere}>{row.fixedIn ?? "–"}</td>
    </tr>
  );
}
