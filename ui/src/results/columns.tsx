/** The table's columns: what stands in each, and what it is sorted by. */
import type { CollectionPreferencesProps } from "@cloudscape-design/components/collection-preferences";
import type { TableProps } from "@cloudscape-design/components/table";
import type { ReactNode } from "react";
import { SeverityBadge } from "../components/SeverityBadge";
import type { Say } from "../i18n/context";
import type { Property, Row, View } from "../ipc/client";
import { LOG4SHELL } from "./log4shell";
import { sayChance, sayValue, wordOf } from "./properties";

/** A row and where it stands in its page. */
export interface Line {
  row: Row;
  at: number;
}

interface Column {
  property: Property;
  width: number;
  /** Whether it is shown before anyone chose. */
  shown: boolean;
  /** Only where rows gather several. */
  only?: View;
  cell: (line: Line, say: Say, open: (row: Row) => void) => ReactNode;
}

const text = (read: (row: Row) => string | null | undefined) => (line: Line) => <Text value={read(line.row)} />;
const moment = (read: (row: Row) => string | null | undefined) => (line: Line, say: Say) => {
  const value = read(line.row);
  return value ? say.date(value) : <Nothing />;
};
const word = (property: Property, read: (row: Row) => string | null | undefined) => (line: Line, say: Say) => sayValue(property, read(line.row) ?? "", say);

const COLUMNS: readonly Column[] = [
  {
    property: "vulnerabilityId",
    width: 176,
    shown: true,
    cell: ({ row, at }, { t }, open) => (
      <span data-testid={`finding-${at}`} className="lab-finding-name">
        {/* A part of the design system's own would cost more than the rest of the row. */}
        <a
          href="#details"
          className="lab-link"
          aria-label={t("finding-open", { name: nameOf(row) })}
          onClick={(event) => {
            event.preventDefault();
            event.stopPropagation();
            open(row);
          }}
        >
          {nameOf(row)}
        </a>
        {row.vulnerabilityId === LOG4SHELL ? <span className="lab-finding-alias">{t("log4shell")}</span> : null}
      </span>
    ),
  },
  { property: "severity", width: 132, shown: true, cell: ({ row }) => <SeverityBadge severity={row.severity} /> },
  {
    property: "score",
    width: 104,
    shown: true,
    cell: ({ row }, { number }) => (row.score == null ? <Nothing /> : <Figure>{number(row.score, { minimumFractionDigits: 1, maximumFractionDigits: 1 })}</Figure>),
  },
  {
    property: "epss",
    width: 100,
    shown: true,
    cell: ({ row }, say) => (row.epss == null ? <Nothing /> : <Figure>{sayChance(row.epss, say)}</Figure>),
  },
  {
    property: "kev",
    width: 88,
    shown: true,
    cell: ({ row }, { t }) => (row.kev ? <span className="lab-kev">{t("kev")}</span> : <Nothing />),
  },
  {
    property: "package",
    width: 310,
    shown: true,
    cell: ({ row }, say) => {
      if (row.packages.length > 1) return <Text value={say.t("finding-packages", { first: row.packages[0] ?? "", more: row.packages.length - 1 })} title={row.packages.join(", ")} />;
      return <Text value={row.package ?? row.packages[0]} />;
    },
  },
  { property: "packageVersion", width: 172, shown: true, cell: text((row) => row.version) },
  { property: "fixedIn", width: 136, shown: true, cell: text((row) => row.fixedIn) },
  { property: "fixAvailable", width: 112, shown: false, cell: word("fixAvailable", (row) => row.fixAvailable) },
  { property: "exploitAvailable", width: 112, shown: false, cell: word("exploitAvailable", (row) => row.exploitAvailable) },
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

/** Usually the CVE; what has none is called by its title. */
export function nameOf(row: { vulnerabilityId: string | null; title: string }): string {
  return row.vulnerabilityId ?? row.title;
}

/** The first twelve digits, as Docker shows them. */
export function shortDigest(digest: string): string {
  return digest.replace(/^sha256:/, "").slice(0, 12);
}

export function columnsOf(view: View, say: Say, open: (row: Row) => void): TableProps.ColumnDefinition<Line>[] {
  return COLUMNS.filter(({ only }) => only === undefined || only === view).map(({ property, width, cell }) => ({
    id: property,
    header: say.t(wordOf(property)),
    sortingField: property,
    width,
    minWidth: 72,
    isRowHeader: property === "vulnerabilityId",
    cell: (line) => cell(line, say, open),
  }));
}

/** The columns as they are before anyone chose, or those that were chosen; a column that is new since then comes last. */
export function displayOf(view: View, chosen: readonly CollectionPreferencesProps.ContentDisplayColumn[]): CollectionPreferencesProps.ContentDisplayColumn[] {
  const present = COLUMNS.filter(({ only }) => only === undefined || only === view);
  const known = chosen.filter(({ id }) => present.some(({ property }) => property === id));
  const fresh = present.filter(({ property }) => !chosen.some(({ id }) => id === property));
  return [...known, ...fresh.map(({ property, shown }) => ({ id: property, visible: shown }))];
}

export function optionsOf(view: View, say: Say): CollectionPreferencesProps.ContentDisplayOption[] {
  return COLUMNS.filter(({ only }) => only === undefined || only === view).map(({ property }) => ({
    id: property,
    label: say.t(wordOf(property)),
    alwaysVisible: property === "vulnerabilityId",
  }));
}

function Text({ value, title }: { value: string | null | undefined; title?: string | undefined }) {
  if (value == null || value === "") return <Nothing />;
  return (
    <span className="lab-cell" title={title ?? value} translate="no">
      {value}
    </span>
  );
}

function Figure({ children }: { children: string }) {
  return <span className="lab-cell-figure">{children}</span>;
}

function Nothing() {
  return <span className="lab-nothing">–</span>;
}
