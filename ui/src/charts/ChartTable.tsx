/** The data of a chart as a table, in which parts can be selected with the keyboard too. */
import Button from "@cloudscape-design/components/button";
import { useT } from "../i18n/context";
import { classNames } from "../theme/classNames";
import { toggled, type ChartSelection } from "./selection";
import table from "../components/table.module.css";
import a11y from "../components/a11y.module.css";
import styles from "./ChartTable.module.css";

export interface ChartRow {
  /** Identifies the part in a selection. */
  key: string;
  cells: readonly string[];
}

export interface ChartData {
  columns: readonly string[];
  rows: readonly ChartRow[];
}

interface ChartTableProps {
  title: string;
  data: ChartData;
  selection: ChartSelection | undefined;
}

export function ChartTable({ title, data, selection }: ChartTableProps) {
  const { t } = useT();
  return (
    <div className={classNames(table.scroll, styles.scroll)} role="region" tabIndex={0} aria-label={t("chart-table-of", { title })}>
      <table className={table.table}>
        <caption className={a11y.visuallyHidden}>{title}</caption>
        <thead>
          <tr>
            {data.columns.map((column, index) => (
              <th key={column} scope="col" data-number={index > 0}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data.rows.map((row) => (
            <tr key={row.key} data-selected={selection?.key === row.key}>
              {row.cells.map((cell, index) =>
                index > 0 ? (
                  <td key={index} data-number="true">
                    {cell}
                  </td>
                ) : (
                  <th key={index} scope="row">
                    {selection ? (
                      <Button
                        variant="inline-link"
                        ariaLabel={t(selection.key === row.key ? "chart-unpick" : "chart-pick", { name: cell })}
                        onClick={() => { selection.onSelect(toggled(selection, row.key)); }}
                      >
                        {cell}
                      </Button>
                    ) : (
                      cell
                    )}
                  </th>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
