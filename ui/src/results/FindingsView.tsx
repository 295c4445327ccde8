/** The findings of one scan: charts above, the table below, one filter for both. */
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { lazy, Suspense, useCallback, useMemo, useState } from "react";
import type { ChartCondition, ChartId } from "../charts/ResultCharts";
import { ProblemAlert } from "../components/ProblemAlert";
import { Loading } from "../components/Loading";
import { useT } from "../i18n/context";
import { commands, type Property, type Row, type Scan, type Scope, type View } from "../ipc/client";
import { useIpc } from "../ipc/useIpc";
import { useDetails } from "./details";
import { ExportButton, ExportResult, useExport } from "./Export";
import { FindingsFilter } from "./FindingsFilter";
import { FindingsTable } from "./FindingsTable";
import { selectedPoint, selectedValue, withSelection } from "./chartFilter";
import { rowKey } from "./rows";
import { INITIAL_QUERY, isFiltered, NO_FILTER, toQuery, unfiltered, type FilterQuery, type TableQuery } from "./tableQuery";
import { useLatest } from "./useLatest";
import { useTablePreferences } from "./useTablePreferences";

const ResultCharts = lazy(() => import("../charts/ResultCharts"));

export default function FindingsView({ scan }: { scan: Scan }) {
  const { t } = useT();
  const scope = useMemo<Scope>(() => ({ scan: scan.id }), [scan.id]);
  const [tableQuery, setTableQuery] = useState<TableQuery>(INITIAL_QUERY);
  const { filter } = tableQuery;
  const summary = useIpc(() => commands.summary(unfiltered(scope)), `${scan.id} ${scan.finishedAt ?? ""}`);

  const onSelect = useCallback((chart: ChartId, condition: ChartCondition | null) => {
    setTableQuery((before) => ({ ...before, filter: withSelection(before.filter, chart, condition), page: 0 }));
  }, []);
  const valueOf = useCallback((property: Property) => selectedValue(filter, property), [filter]);
  const point = useMemo(() => selectedPoint(filter), [filter]);

  return (
    <SpaceBetween size="l">
      <section aria-label={t("charts-title")}>
        <Header variant="h2" description={t("charts-about")}>
          {t("charts-title")}
        </Header>
        {summary.problem ? <ProblemAlert problem={summary.problem} title={t("charts-failed")} onRetry={summary.reload} /> : null}
        {summary.data ? (
          <Suspense fallback={<Loading />}>
            <ResultCharts summary={summary.data} selectedValue={valueOf} selectedPoint={point} onSelect={onSelect} />
          </Suspense>
        ) : summary.problem ? null : (
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
  const translator = useT();
  const { t, number } = translator;
  const { finding, open } = useDetails();
  const [preferences, setPreferences] = useTablePreferences();
  const { pageSize } = preferences;
  const request = useMemo(() => ({ tableQuery, query: toQuery(scope, tableQuery, pageSize) }), [scope, tableQuery, pageSize]);
  const { response, problem, reload } = useLatest(request, ({ query }) => commands.findingsPage(query));
  // The page may be older than what was typed since.
  const shownQuery = response?.request.tableQuery ?? tableQuery;
  const page = response?.data ?? null;
  const matched = page?.matched;

  const exporting = useExport(response?.request.query ?? request.query);

  const change = useCallback((part: Partial<TableQuery>) => { onTableQuery((before) => ({ ...before, page: 0, ...part })); }, [onTableQuery]);
  const onText = useCallback((text: string) => { change({ text }); }, [change]);
  const onFilter = useCallback((filter: FilterQuery) => { change({ filter }); }, [change]);
  const onView = useCallback((view: View) => { change({ view, ...(view === "instances" ? INITIAL_SORT : {}) }); }, [change]);
  const onSort = useCallback((by: Property, descending: boolean) => { change({ by, descending }); }, [change]);
  const onPage = useCallback((next: number) => { change({ page: next }); }, [change]);
  const [cleared, setCleared] = useState(0);
  const onClear = useCallback(() => {
    change({ text: "", filter: NO_FILTER });
    setCleared((times) => times + 1);
  }, [change]);
  const onOpen = useCallback((row: Row) => { open({ scan: row.scan, arn: row.arn, row: rowKey(row) }); }, [open]);

  const counts = matched ? t("findings-counts", { findings: matched.findings, instances: matched.instances, unique: matched.unique }) : "";
  const countText = page && isFiltered(shownQuery) ? t("findings-matches", { count: page.matched.unique }) : null;
  // The heading counts the rows, and names what a row is.
  const total = page?.total;
  const title = t(`findings-title-${shownQuery.view}`);
  const header = useMemo(
    () => (
      <>
        <Header
          variant="h2"
          {...(total === undefined ? {} : { counter: `(${number(total)})` })}
          description={<span data-testid="findings-counts">{counts}</span>}
          actions={<ExportButton exporting={exporting} />}
        >
          {title}
        </Header>
        <ExportResult exporting={exporting} />
      </>
    ),
    [total, title, counts, exporting, number],
  );
  const filterControls = useMemo(
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
        tableQuery={shownQuery}
        page={page}
        problem={problem}
        selected={finding?.row ?? null}
        header={header}
        filter={filterControls}
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

/** The view of single instances does not have all properties that the other can be sorted by. */
const INITIAL_SORT: Partial<TableQuery> = { by: INITIAL_QUERY.by, descending: INITIAL_QUERY.descending };
