/** The columns of the findings table: the cells of each, and the property that it sorts by. */
import type { CollectionPreferencesProps } from "@cloudscape-design/components/collection-preferences";
import type { TableProps } from "@cloudscape-design/components/table";
import type { ReactNode } from "react";
import { SeverityBadge } from "../components/SeverityBadge";
import { shortDigest } from "../components/digest";
import type { Translator } from "../i18n/context";
import type { Property, Row, View } from "../ipc/client";
import { Alias } from "./Alias";
import { formatValue, propertyTextId } from "./properties";
import { nameOf } from "./rows";
import table from "../components/table.module.css";
import shared from "./shared.module.css";
import styles from "./columns.module.css";

/** A row and its index in the page. */
export interface Line {
  row: Row;
  index: number;
}

interface Column {
  property: Property;
  width: number;
  /** Its place among the columns that are shown by default, where there is room; `false`: it is not shown by default. */
  shown: number | false;
  /** The only view that has the column. */
  only?: View;
  cell: (line: Line, translator: Translator, open: (row: Row) => void, opened: boolean) => ReactNode;
}

const text = (get: (row: Row) => string | null | undefined) => (line: Line) => <Text value={get(line.row)} />;
const moment = (get: (row: Row) => string | null | undefined) => (line: Line, translator: Translator) => {
  const value = get(line.row);
  return value ? translator.date(value) : <None />;
};
const translated = (property: Property, get: (row: Row) => string | null | undefined) => (line: Line, translator: Translator) => formatValue(property, get(line.row) ?? "", translator);

const COLUMNS: readonly Column[] = [
  {
    property: "vulnerabilityId",
    width: 160,
    shown: 1,
    cell: ({ row, index }, { t }, open, opened) => (
      <span data-testid={`finding-${index}`} className={styles.name}>
        {/* The design system's link would take longer to render than the rest of the row. */}
        <a
          href="#details"
          className={styles.link}
          aria-label={t("finding-open", { name: nameOf(row) })}
          {...(opened ? { "aria-current": "true" } : {})}
          onClick={(event) => {
            event.preventDefault();
            event.stopPropagation();
            open(row);
          }}
        >
          {nameOf(row)}
        </a>
        <Alias id={row.vulnerabilityId} />
        {row.suppressed ? <span className={shared.mark}>{t("finding-suppressed")}</span> : null}
      </span>
    ),
  },
  { property: "severity", width: 116, shown: 2, cell: ({ row }) => <SeverityBadge severity={row.severity} /> },
  {
    property: "score",
    width: 92,
    shown: 5,
    cell: ({ row }, { score }) => (row.score == null ? <None /> : <Figure>{score(row.score)}</Figure>),
  },
  {
    property: "epss",
    width: 92,
    shown: 6,
    cell: ({ row }, { percent }) => (row.epss == null ? <None /> : <Figure>{percent(row.epss)}</Figure>),
  },
  {
    property: "kev",
    width: 84,
    shown: 7,
    cell: ({ row }, { t }) => {
      if (row.kev == null) return <None />;
      return row.kev ? <span className={shared.kev}>{t("kev")}</span> : t("no");
    },
  },
  {
    property: "package",
    width: 232,
    shown: 3,
    cell: ({ row }, translator) => {
      if (row.packages.length > 1) return <Text value={translator.t("finding-packages", { first: row.packages[0] ?? "", more: row.packages.length - 1 })} title={row.packages.join(", ")} />;
      return <Text value={row.package ?? row.packages[0]} />;
    },
  },
  { property: "packageVersion", width: 160, shown: 8, cell: text((row) => row.version) },
  { property: "fixedIn", width: 148, shown: 4, cell: text((row) => row.fixedIn) },
  { property: "fixAvailable", width: 112, shown: false, cell: translated("fixAvailable", (row) => row.fixAvailable) },
  { property: "exploitAvailable", width: 112, shown: false, cell: translated("exploitAvailable", (row) => row.exploitAvailable) },
  { property: "instanceCount", width: 112, shown: 9, only: "unique", cell: ({ row }, { number }) => <Figure>{number(row.instances)}</Figure> },
  { property: "findingCount", width: 100, shown: false, only: "unique", cell: ({ row }, { number }) => <Figure>{number(row.findings)}</Figure> },
  { property: "title", width: 280, shown: false, cell: text((row) => row.title) },
  { property: "filePath", width: 280, shown: false, cell: text((row) => row.filePath) },
  { property: "layer", width: 150, shown: false, cell: ({ row }) => <Text value={row.layer ? shortDigest(row.layer) : null} title={row.layer ?? undefined} /> },
  { property: "packageManager", width: 110, shown: false, cell: text((row) => row.manager) },
  { property: "status", width: 110, shown: false, cell: text((row) => row.status) },
  { property: "repository", width: 190, shown: false, cell: text((row) => row.repository) },
  { property: "digest", width: 150, shown: false, cell: ({ row }) => <Text value={row.digest ? shortDigest(row.digest) : null} title={row.digest ?? undefined} /> },
  { property: "firstObservedAt", width: 200, shown: false, cell: moment((row) => row.firstObservedAt) },
  { property: "lastObservedAt", width: 200, shown: false, cell: moment((row) => row.lastObservedAt) },
];

/** `opened`: the index of the row whose details are open. */
export function columnsOf(view: View, translator: Translator, open: (row: Row) => void, opened: number | null): TableProps.ColumnDefinition<Line>[] {
  return columnsIn(view).map(({ property, width, cell }) => ({
    id: property,
    header: translator.t(propertyTextId(property)),
    sortingField: property,
    width,
    minWidth: 72,
    isRowHeader: property === "vulnerabilityId",
    cell: (line) => cell(line, translator, open, line.index === opened),
  }));
}

function columnsIn(view: View): Column[] {
  return COLUMNS.filter(({ only }) => only === undefined || only === view);
}

/** The number of columns without which a row says too little: they are shown in any width, and scrolled if they must. */
const NEEDED = 4;

/** The ids of the columns that are shown by default in this width. */
export function fittingColumns(view: View, width: number): Property[] {
  let room = width;
  const wanted = columnsIn(view).flatMap((column) => (column.shown === false ? [] : [{ ...column, shown: column.shown }]));
  return wanted
    .sort((a, b) => a.shown - b.shown)
    .filter((column) => {
      const fits = column.shown <= NEEDED || column.width <= room;
      if (fits) room -= column.width;
      return fits;
    })
    .map(({ property }) => property);
}

/** The user's selection and order of columns, else those that fit; columns that the selection does not know come last. */
export function displayOf(
  view: View,
  chosen: readonly CollectionPreferencesProps.ContentDisplayColumn[],
  fitting: ReadonlySet<string>,
): CollectionPreferencesProps.ContentDisplayColumn[] {
  const available = columnsIn(view);
  const selected = chosen.filter(({ id }) => available.some(({ property }) => property === id));
  const others = available.filter(({ property }) => !chosen.some(({ id }) => id === property));
  return [...selected, ...others.map(({ property }) => ({ id: property, visible: fitting.has(property) }))];
}

export function optionsOf(view: View, translator: Translator): CollectionPreferencesProps.ContentDisplayOption[] {
  return columnsIn(view).map(({ property }) => ({
    id: property,
    label: translator.t(propertyTextId(property)),
    alwaysVisible: property === "vulnerabilityId",
  }));
}

function Text({ value, title }: { value: string | null | undefined; title?: string | undefined }) {
  if (value == null || value === "") return <None />;
  return (
    <span className={styles.cell} title={title ?? value} translate="no">
      {value}
    </span>
  );
}

function Figure({ children }: { children: string }) {
  return <span className={styles.figure}>{children}</span>;
}

function None() {
  return <span className={table.empty}>–</span>;
}
