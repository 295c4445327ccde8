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
  /** Whether it is shown by default. */
  shown: boolean;
  /** The only view that has the column. */
  only?: View;
  cell: (line: Line, translator: Translator, open: (row: Row) => void) => ReactNode;
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
    width: 176,
    shown: true,
    cell: ({ row, index }, { t }, open) => (
      <span data-testid={`finding-${index}`} className={styles.name}>
        {/* The design system's link would take longer to render than the rest of the row. */}
        <a
          href="#details"
          className={styles.link}
          aria-label={t("finding-open", { name: nameOf(row) })}
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
  { property: "severity", width: 132, shown: true, cell: ({ row }) => <SeverityBadge severity={row.severity} /> },
  {
    property: "score",
    width: 104,
    shown: true,
    cell: ({ row }, { score }) => (row.score == null ? <None /> : <Figure>{score(row.score)}</Figure>),
  },
  {
    property: "epss",
    width: 100,
    shown: true,
    cell: ({ row }, { percent }) => (row.epss == null ? <None /> : <Figure>{percent(row.epss)}</Figure>),
  },
  {
    property: "kev",
    width: 88,
    shown: true,
    cell: ({ row }, { t }) => {
      if (row.kev == null) return <None />;
      return row.kev ? <span className={shared.kev}>{t("kev")}</span> : t("no");
    },
  },
  {
    property: "package",
    width: 310,
    shown: true,
    cell: ({ row }, translator) => {
      if (row.packages.length > 1) return <Text value={translator.t("finding-packages", { first: row.packages[0] ?? "", more: row.packages.length - 1 })} title={row.packages.join(", ")} />;
      return <Text value={row.package ?? row.packages[0]} />;
    },
  },
  { property: "packageVersion", width: 172, shown: true, cell: text((row) => row.version) },
  { property: "fixedIn", width: 136, shown: true, cell: text((row) => row.fixedIn) },
  { property: "fixAvailable", width: 112, shown: false, cell: translated("fixAvailable", (row) => row.fixAvailable) },
  { property: "exploitAvailable", width: 112, shown: false, cell: translated("exploitAvailable", (row) => row.exploitAvailable) },
  { property: "instanceCount", width: 100, shown: true, only: "unique", cell: ({ row }, { number }) => <Figure>{number(row.instances)}</Figure> },
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

export function columnsOf(view: View, translator: Translator, open: (row: Row) => void): TableProps.ColumnDefinition<Line>[] {
  return COLUMNS.filter(({ only }) => only === undefined || only === view).map(({ property, width, cell }) => ({
    id: property,
    header: translator.t(propertyTextId(property)),
    sortingField: property,
    width,
    minWidth: 72,
    isRowHeader: property === "vulnerabilityId",
    cell: (line) => cell(line, translator, open),
  }));
}

/** The user's selection and order of columns, else the default; columns that the selection does not know come last. */
export function displayOf(view: View, chosen: readonly CollectionPreferencesProps.ContentDisplayColumn[]): CollectionPreferencesProps.ContentDisplayColumn[] {
  const available = COLUMNS.filter(({ only }) => only === undefined || only === view);
  const selected = chosen.filter(({ id }) => available.some(({ property }) => property === id));
  const others = available.filter(({ property }) => !chosen.some(({ id }) => id === property));
  return [...selected, ...others.map(({ property, shown }) => ({ id: property, visible: shown }))];
}

export function optionsOf(view: View, translator: Translator): CollectionPreferencesProps.ContentDisplayOption[] {
  return COLUMNS.filter(({ only }) => only === undefined || only === view).map(({ property }) => ({
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
