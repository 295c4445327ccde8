/** The findings of one scan: charts above, the table below, one filter for both. */
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { lazy, Suspense, useCallback, useMemo, useState } from "react";
import type { Picked } from "../charts/ResultCharts";
import { ProblemAlert } from "../components/ProblemAlert";
import { Loading } from "../components/Loading";
import { useT } from "../i18n/context";
import { commands, type Property, type Row, type Scan, type Scope, type View } from "../ipc/client";
import { useIpc } from "../ipc/useIpc";
import { useDetails } from "./details";
import { ExportButton, ExportResult, useExport } from "./Exports";
import { FindingsFilter } from "./FindingsFilter";
import { FindingsTable, keyOfRow } from "./FindingsTable";
import { pick, pointOf, valueOf } from "./picks";
import { all, FIRST, isFiltered, NO_FILTER, queryOf, type TableQuery, type FilterQuery } from "./question";
import { useNewest } from "./useNewest";
import { useTablePreferences } from "./useTablePreferences";

const ResultCharts = lazy(() => import("../charts/ResultCharts"));

export default function FindingsView({ scan }: { scan: Scan }) {
  const { t } = useT();
  const scope = useMemo<Scope>(() => ({ scan: scan.id }), [scan.id]);
  const [tableQuery, setTableQuery] = useState<TableQuery>(FIRST);
  const { filter } = tableQuery;
  const whole = useIpc(() => commands.summary(all(scope)), `${scan.id} ${scan.finishedAt ?? ""}`);

  const onPick = useCallback((chart: Property | "point", picked: Picked | null) => {
    setTableQuery((before) => ({ ...before, filter: pick(before.filter, chart, picked), page: 0 }));
  }, []);
  const pickedOf = useCallback((property: Property) => valueOf(filter, property), [filter]);
  const pickedPoint = useMemo(() => pointOf(filter), [filter]);

  return (
    <SpaceBetween size="l">
      <section aria-label={t("charts-title")}>
        <Header variant="h2" description={t("charts-about")}>
          {t("charts-title")}
        </Header>
        {whole.problem ? <ProblemAlert problem={whole.problem} title={t("charts-failed")} onRetry={whole.reload} /> : null}
        {whole.data ? (
          <Suspense fallback={<Loading />}>
            <ResultCharts summary={whole.data} pickedOf={pickedOf} pickedPoint={pickedPoint} onPick={onPick} />
          </Suspense>
        ) : whole.problem ? null : (
          <Loading />
        )}
      </section>
      <Findings scan={scan} scope={scope} tableQuery={tableQuery} onTableQuery={setTableQuery} />
    </SpaceBetween>
  );
}

interface FindingsProps {
  scan: Scan;
  scope: Scope;
  tableQuery: TableQuery;
  onTableQuery: (change: (before: TableQuery) => TableQuery) => void;
}

function Findings({ scan, scope, tableQuery, onTableQuery }: FindingsProps) {
  const say = useT();
  const { t, number } = say;
  const { opened, open } = useDetails();
  const [preferences, setPreferences] = useTablePreferences();
  const { pageSize } = preferences;
  const question = useMemo(() => ({ tableQuery, query: queryOf(scope, tableQuery, pageSize) }), [scope, tableQuery, pageSize]);
  const newest = useNewest(question, (asked) => commands.findingsPage(asked.query));
  const { answer, problem, reload } = newest;
  const answered = answer?.question.tableQuery ?? tableQuery;
  const page = answer?.data ?? null;
  const matched = page?.matched;

  const exporting = useExport(answer?.question.query ?? question.query);

  const change = useCallback((part: Partial<TableQuery>) => { onTableQuery((before) => ({ ...before, page: 0, ...part })); }, [onTableQuery]);
  const onText = useCallback((text: string) => { change({ text }); }, [change]);
  const onFilter = useCallback((filter: FilterQuery) => { change({ filter }); }, [change]);
  const onView = useCallback((view: View) => { change({ view, ...(view === "instances" ? FIRST_SORT : {}) }); }, [change]);
  const onSort = useCallback((by: Property, descending: boolean) => { change({ by, descending }); }, [change]);
  const onPage = useCallback((turned: number) => { change({ page: turned }); }, [change]);
  const [cleared, setCleared] = useState(0);
  const onClear = useCallback(() => {
    change({ text: "", filter: NO_FILTER });
    setCleared((times) => times + 1);
  }, [change]);
  const onOpen = useCallback((row: Row) => { open({ scan: row.scan, arn: row.arn, row: keyOfRow(row) }); }, [open]);

  const counts = matched ? t("findings-counts", { findings: matched.findings, instances: matched.instances, unique: matched.unique }) : "";
  const countText = page && isFiltered(answered) ? t("findings-matches", { count: page.total }) : null;
  // What the heading counts are findings; the rows of single instances are more.
  const total = page === null ? undefined : answered.view === "unique" ? page.total : page.matched.findings;
  const header = useMemo(
    () => (
      <>
        <Header
          variant="h2"
          {...(total === undefined ? {} : { counter: `(${number(total)})` })}
          description={<span data-testid="findings-counts">{counts}</span>}
          actions={<ExportButton exporting={exporting} />}
        >
          {t("findings-title")}
        </Header>
        <ExportResult exporting={exporting} />
      </>
    ),
    [total, counts, exporting, number, t],
  );
  const box = useMemo(
    () => (
      <FindingsFilter
        scope={scope}
        filter={tableQuery.filter}
        view={tableQuery.view}
        countText={countText}
        cleared={cleared}
        onText={onText}
        onFilter={onFilter}
        onView={onView}
      />
    ),
    [scope, tableQuery.filter, tableQuery.view, countText, cleared, onText, onFilter, onView],
  );
  return (
    <section aria-label={t("findings-title")} data-scan={scan.id}>
      <FindingsTable
        tableQuery={answered}
        page={page}
        problem={problem}
        selected={opened?.row ?? null}
        header={header}
        filter={box}
        preferences={preferences}
        onPreferences={setPreferences}
        onSort={onSort}
        onPage={onPage}
        onOpen={onOpen}
        onClear={onClear}
        onRetry={reload}
      />
    </section>
  );
}

/** What only the gathered rows can be sorted by does not hold for single ones. */
const FIRST_SORT: Partial<TableQuery> = { by: FIRST.by, descending: FIRST.descending };
