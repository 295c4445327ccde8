/** What a chart shows, as a table; what can be picked in the chart can be picked here by keyboard. */
import Button from "@cloudscape-design/components/button";
import { useT } from "../i18n/context";
import type { Pick } from "./Chart";

export interface ChartRow {
  /** The part's key; what can be picked is picked by it. */
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
  pick: Pick | undefined;
}

export function ChartTable({ title, data, pick }: ChartTableProps) {
  const { t } = useT();
  return (
    <div className="lab-table-scroll lab-chart-table" role="region" tabIndex={0} aria-label={t("chart-table-of", { title })}>
      <table className="lab-table">
        <caption className="lab-hidden">{title}</caption>
        <thead>
          <tr>
            {data.columns.map((column, at) => (
              <th key={column} scope="col" data-number={at > 0}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data.rows.map((row) => (
            <tr key={row.key} data-picked={pick?.picked === row.key}>
              {row.cells.map((cell, at) =>
                at > 0 ? (
                  <td key={at} data-number="true">
                    {cell}
                  </td>
                ) : (
                  <th key={at} scope="row">
                    {pick ? (
                      <Button
                        variant="inline-link"
                        ariaLabel={t(pick.picked === row.key ? "chart-unpick" : "chart-pick", { name: cell })}
                        onClick={() => { pick.onPick(pick.picked === row.key ? null : row.key); }}
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
