/** The findings of one scan: charts above, the table below, one filter for both. */
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState, type RefObject } from "react";
import type { ChartCondition, ChartId } from "../charts/ResultCharts";
import { ProblemAlert } from "../components/ProblemAlert";
import { Loading } from "../components/Loading";
import { bringIntoView } from "../components/bringIntoView";
import { useT } from "../i18n/context";
import { commands, type Property, type Row, type Scan, type Scope, type View } from "../ipc/client";
import { useIpc } from "../ipc/useIpc";
import { useDetails } from "./details";
import { ExportButton, ExportResult, useExport } from "./Export";
import { FindingsFilter } from "./FindingsFilter";
import { FindingsTable } from "./FindingsTable";
import { selectedPoint, selectedValue, withSelection } from "./chartFilter";
import { PagesAhead } from "./pagesAhead";
import { NO_FILTER, type FilterQuery } from "./filterQuery";
import { rowKey } from "./rows";
import { NOTHING, understand } from "./searchText";
import { INITIAL_QUERY, isFiltered, toQuery, unfiltered, type TableQuery } from "./tableQuery";
import { useLatest } from "./useLatest";
import { useTablePreferences } from "./useTablePreferences";
import { useVocabulary } from "./useVocabulary";
import styles from "./FindingsView.module.css";

const ResultCharts = lazy(() => import("../charts/ResultCharts"));

export default function FindingsView({ scan }: { scan: Scan }) {
  const { t } = useT();
  const scope = useMemo<Scope>(() => ({ scan: scan.id }), [scan.id]);
  const [tableQuery, setTableQuery] = useState<TableQuery>(INITIAL_QUERY);
  const { filter } = tableQuery;
  const summary = useIpc(() => commands.summary(unfiltered(scope)), `${scan.id} ${scan.finishedAt ?? ""}`);

  const table = useRef<HTMLElement>(null);
  const onSelect = useCallback((chart: ChartId, condition: ChartCondition | null) => {
    setTableQuery((before) => ({ ...before, filter: withSelection(before.filter, chart, condition), page: 0 }));
    if (condition !== null && table.current) bringIntoView(table.current);
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
      <Findings scan={scan} scope={scope} section={table} tableQuery={tableQuery} onTableQuery={setTableQuery} />
    </SpaceBetween>
  );
}

interface FindingsProps {
  scan: Scan;
  scope: Scope;
  section: RefObject<HTMLElement | null>;
  tableQuery: TableQuery;
  onTableQuery: (change: (before: TableQuery) => TableQuery) => void;
}

function Findings({ scan, scope, section, tableQuery, onTableQuery }: FindingsProps) {
  const translator = useT();
  const { t, number } = translator;
  const { finding, open } = useDetails();
  const vocabulary = useVocabulary();
  const [preferences, setPreferences] = useTablePreferences();
  const { pageSize } = preferences;
  const request = useMemo(() => ({ tableQuery, query: toQuery(scope, tableQuery, pageSize) }), [scope, tableQuery, pageSize]);
  const [pages] = useState(() => new PagesAhead((query) => commands.findingsPage(query)));
  const revision = scan.finishedAt ?? "";
  const { response, problem, reload } = useLatest(request, ({ query }) => pages.page(query, revision));
  useEffect(() => {
    if (!response) return;
    const { query } = response.request;
    // A person who turns pages turns the next one soon; one who types must not wait for a page that is not read.
    const timer = setTimeout(() => { pages.readAfter(query, revision, response.data); }, query.page ? 0 : 300);
    return () => { clearTimeout(timer); };
  }, [response, pages, revision]);
  // The page may be older than what was typed since.
  const shownQuery = response?.request.tableQuery ?? tableQuery;
  const page = response?.data ?? null;
  const matched = page?.matched;

  const exporting = useExport(response?.request.query ?? request.query);

  const change = useCallback((part: Partial<TableQuery>) => { onTableQuery((before) => ({ ...before, page: 0, ...part })); }, [onTableQuery]);
  const onTyped = useCallback((typed: string) => { change({ typed, search: understand(typed, vocabulary) }); }, [change, vocabulary]);
  const onFilter = useCallback((filter: FilterQuery) => { change({ filter }); }, [change]);
  const onView = useCallback((view: View) => { change({ view, ...(view === "instances" ? INITIAL_SORT : {}) }); }, [change]);
  const onSort = useCallback((by: Property, descending: boolean) => { change({ by, descending }); }, [change]);
  const onPage = useCallback((next: number) => { change({ page: next }); }, [change]);
  const [cleared, setCleared] = useState(0);
  const onClear = useCallback(() => {
    change({ typed: "", search: NOTHING, filter: NO_FILTER });
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
        vocabulary={vocabulary}
        search={shownQuery.search}
        countText={countText}
        cleared={cleared}
        onTyped={onTyped}
        onFilter={onFilter}
        onView={onView}
      />
    ),
    [scope, tableQuery.filter, tableQuery.view, shownQuery.search, vocabulary, countText, cleared, onTyped, onFilter, onView],
  );
  return (
    <section ref={section} className={styles.findings} tabIndex={-1} aria-label={t("findings-title")} data-scan={scan.id}>
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
