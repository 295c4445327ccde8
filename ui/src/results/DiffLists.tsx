/** The vulnerabilities by what became of them, page by page. */
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import Link from "@cloudscape-design/components/link";
import Pagination from "@cloudscape-design/components/pagination";
import Tabs from "@cloudscape-design/components/tabs";
import { useMemo, useState } from "react";
import { EmptyState } from "../components/EmptyState";
import { ProblemAlert } from "../components/ProblemAlert";
import { SeverityBadge } from "../components/SeverityBadge";
import { Loading } from "../components/Loading";
import { useT } from "../i18n/context";
import { commands, type ComparedRow, type Comparison, type DiffStatus } from "../ipc/client";
import { nameOf } from "./columns";
import { useDetails } from "./details";
import { LOG4SHELL } from "./log4shell";
import { useNewest } from "./useNewest";

interface FateListsProps {
  comparison: Comparison;
  before: number;
  after: number;
}

const FATES: readonly DiffStatus[] = ["fixed", "remaining", "new"];
const SIZE = 20;

export function FateLists({ comparison, before, after }: FateListsProps) {
  const { t, number } = useT();
  return (
    <Container header={<Header variant="h2" description={t("fates-about")}>{t("fates-title")}</Header>}>
      <Tabs
        ariaLabel={t("fates-title")}
        tabs={FATES.map((status) => ({
          id: status,
          label: `${t(`fate-${status}`)} (${number(comparison[status].total)})`,
          content: <FateList key={status} status={status} before={before} after={after} />,
        }))}
      />
    </Container>
  );
}

function FateList({ status, before, after }: { status: DiffStatus; before: number; after: number }) {
  const { t } = useT();
  const [page, setPage] = useState(0);
  const question = useMemo(() => ({ status, before, after, page }), [status, before, after, page]);
  const { answer, problem, reload } = useNewest(question, (asked) =>
    commands.comparePage({ scan: asked.before }, { scan: asked.after }, asked.status, asked.page, SIZE),
  );
  if (problem) return <ProblemAlert problem={problem} title={t("compare-failed")} onRetry={reload} />;
  if (!answer) return <Loading />;
  const { rows, total, pageSize } = answer.data;
  if (total === 0) return <EmptyState text={t(`fate-${status}-none`)} />;
  const pages = Math.ceil(total / pageSize);
  return (
    <div data-testid={`fate-${status}`} data-total={total}>
      <div className="lab-table-scroll" role="region" tabIndex={0} aria-label={t(`fate-${status}`)}>
        <table className="lab-table lab-fate-list">
          <caption className="lab-hidden">{t(`fate-${status}`)}</caption>
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
              <FateRow key={`${row.arn} ${row.package ?? ""}`} row={row} />
            ))}
          </tbody>
        </table>
      </div>
      {pages > 1 ? (
        <div className="lab-pages">
          <Pagination
            currentPageIndex={answer.data.page + 1}
            pagesCount={pages}
            ariaLabels={{
              nextPageLabel: t("page-next"),
              previousPageLabel: t("page-previous"),
              paginationLabel: t("pages"),
              pageLabel: (number) => t("page-number", { number, all: pages }),
            }}
            onChange={({ detail }) => { setPage(detail.currentPageIndex - 1); }}
          />
        </div>
      ) : null}
    </div>
  );
}

function FateRow({ row }: { row: ComparedRow }) {
  const { t, number } = useT();
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
        {row.vulnerabilityId === LOG4SHELL ? <span className="lab-finding-alias">{t("log4shell")}</span> : null}
      </th>
      <td>
        <SeverityBadge severity={row.severity} />
      </td>
      <td data-number="true">{row.score === null ? "–" : number(row.score, { minimumFractionDigits: 1 })}</td>
      <td translate="no" className="lab-anywhere">{row.package ?? "–"}</td>
      <td translate="no" className="lab-anywhere">{row.versionsBefore.join(", ") || "–"}</td>
      <td translate="no" className="lab-anywhere">{row.versionsAfter.join(", ") || "–"}</td>
      <td translate="no" className="lab-anywhere">{row.fixedIn ?? "–"}</td>
    </tr>
  );
}
