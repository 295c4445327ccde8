/** One page of findings with the controls that change it. The shell sorts, filters and pages. */
import Button from "@cloudscape-design/components/button";
import CollectionPreferences from "@cloudscape-design/components/collection-preferences";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import { memo, useMemo, useRef, type ReactNode } from "react";
import { EmptyState } from "../components/EmptyState";
import { Pages } from "../components/Pages";
import { ProblemAlert } from "../components/ProblemAlert";
import { useT } from "../i18n/context";
import type { IpcError, Page, Property, Row } from "../ipc/client";
import { columnsOf, displayOf, optionsOf, type Line } from "./columns";
import { isProperty } from "./properties";
import { rowKey } from "./rows";
import { useFitting } from "./useFitting";
import { isFiltered, type TableQuery } from "./tableQuery";
import { PAGE_SIZES, type TablePreferences } from "./useTablePreferences";
import styles from "./FindingsTable.module.css";

interface FindingsTableProps {
  /** The query that the page is the result of. */
  tableQuery: TableQuery;
  page: Page | null;
  problem: IpcError | null;
  /** The key of the row whose details are open. */
  selected: string | null;
  header: ReactNode;
  filter: ReactNode;
  preferences: TablePreferences;
  onPreferences: (preferences: TablePreferences) => void;
  onSort: (by: Property, descending: boolean) => void;
  onPage: (page: number) => void;
  onOpen: (row: Row) => void;
  onClear: () => void;
  onRetry: () => void;
}

export const FindingsTable = memo(function FindingsTable(props: FindingsTableProps) {
  const { tableQuery, page, problem, selected, header, filter, preferences, onSort, onPage, onOpen, onRetry } = props;
  const translator = useT();
  const { t } = translator;
  const lines = useMemo<Line[]>(() => (page?.rows ?? []).map((row, index) => ({ row, index })), [page]);
  const frame = useRef<HTMLDivElement>(null);
  const fitting = useFitting(frame, tableQuery.view);
  const opened = lines.find((line) => rowKey(line.row) === selected)?.index ?? null;
  const columns = useMemo(() => columnsOf(tableQuery.view, translator, onOpen, opened), [tableQuery.view, translator, onOpen, opened]);
  const display = useMemo(() => displayOf(tableQuery.view, preferences.display, fitting), [tableQuery.view, preferences.display, fitting]);
  const sorting = columns.find((column) => column.sortingField === tableQuery.by);
  const pages = page ? Math.max(1, Math.ceil(page.total / page.pageSize)) : 1;
  return (
    <div
      ref={frame}
      className={styles.frame}
      data-testid="findings-table"
      data-total={page?.total}
      data-text={tableQuery.typed}
      data-page={page?.page}
      data-view={tableQuery.view}
      data-sort={`${tableQuery.descending ? "-" : ""}${tableQuery.by}`}
    >
      {problem && page !== null ? <ProblemAlert problem={problem} onRetry={onRetry} /> : null}
      <Table
        items={lines}
        columnDefinitions={columns}
        columnDisplay={display}
        // By index: updating rows while the user types takes half as long as creating new ones.
        trackBy={(line) => String(line.index)}
        header={header}
        filter={filter}
        loading={page === null && problem === null}
        loadingText={t("findings-loading")}
        empty={<Empty {...props} />}
        resizableColumns
        enableKeyboardNavigation
        // The name stays in sight when the other columns are scrolled.
        stickyColumns={STICKY}
        onRowClick={({ detail }) => { onOpen(detail.item.row); }}
        wrapLines={preferences.wrapLines}
        contentDensity={preferences.density}
        {...(sorting === undefined ? {} : { sortingColumn: sorting, sortingDescending: tableQuery.descending })}
        onSortingChange={({ detail }: { detail: TableProps.SortingState<Line> }) => {
          const by = detail.sortingColumn.sortingField;
          if (by !== undefined && isProperty(by)) onSort(by, detail.isDescending ?? false);
        }}
        {...(page === null ? {} : { totalItemsCount: page.total, firstIndex: page.page * page.pageSize + 1 })}
        renderAriaLive={({ firstIndex, lastIndex, totalItemsCount }) => t("findings-said", { first: firstIndex, last: lastIndex, total: totalItemsCount ?? 0 })}
        ariaLabels={{
          tableLabel: t("findings-title"),
          resizerRoleDescription: t("findings-resize"),
        }}
        pagination={
          <Pages page={page?.page ?? 0} pages={pages} disabled={page === null} onPage={onPage} />
        }
        preferences={<Preferences {...props} fitting={fitting} />}
      />
    </div>
  );
});

const STICKY: TableProps.StickyColumns = { first: 1 };

function Empty({ tableQuery, page, problem, onClear, onRetry }: FindingsTableProps) {
  const { t } = useT();
  if (problem && page === null) return <ProblemAlert problem={problem} title={t("findings-failed")} onRetry={onRetry} />;
  if (isFiltered(tableQuery)) {
    return (
      <EmptyState text={t("findings-no-match")}>
        <Button onClick={onClear} data-testid="clear-filters">
          {t("findings-clear")}
        </Button>
      </EmptyState>
    );
  }
  return <EmptyState text={t("findings-none")} />;
}

function Preferences({ tableQuery, preferences, fitting, onPreferences }: FindingsTableProps & { fitting: ReadonlySet<string> }) {
  const translator = useT();
  const { t } = translator;
  const display = displayOf(tableQuery.view, preferences.display, fitting);
  return (
    <CollectionPreferences
      title={t("table-preferences")}
      confirmLabel={t("table-preferences-confirm")}
      cancelLabel={t("table-preferences-cancel")}
      preferences={{
        pageSize: preferences.pageSize,
        wrapLines: preferences.wrapLines,
        contentDensity: preferences.density,
        contentDisplay: display,
      }}
      pageSizePreference={{
        title: t("table-preferences-page-size"),
        options: PAGE_SIZES.map((value) => ({ value, label: t("table-preferences-rows", { count: value }) })),
      }}
      wrapLinesPreference={{ label: t("table-preferences-wrap"), description: t("table-preferences-wrap-about") }}
      contentDensityPreference={{ label: t("table-preferences-compact"), description: t("table-preferences-compact-about") }}
      contentDisplayPreference={{ title: t("table-preferences-columns"), description: t("table-preferences-columns-about"), options: optionsOf(tableQuery.view, translator) }}
      onConfirm={({ detail }) => {
        // Columns of the other view keep their settings.
        const chosen = (detail.contentDisplay ?? []).flatMap((item) => ("children" in item ? [] : [{ id: item.id, visible: item.visible }]));
        const others = preferences.display.filter(({ id }) => !chosen.some((column) => column.id === id));
        onPreferences({
          pageSize: detail.pageSize ?? preferences.pageSize,
          wrapLines: detail.wrapLines ?? false,
          density: detail.contentDensity ?? "comfortable",
          display: [...chosen, ...others],
        });
      }}
    />
  );
}
