/** A chart with its title, a description in a sentence and as a table, saving, and the selection of a part. */
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import LiveRegion from "@cloudscape-design/components/live-region";
import { useId, useMemo, useState, type ReactNode } from "react";
import { ProblemAlert } from "../components/ProblemAlert";
import { useT } from "../i18n/context";
import { ChartCanvas } from "./ChartCanvas";
import { ChartTable, type ChartData } from "./ChartTable";
import type { EChartsCoreOption } from "./echarts";
import { FullChart } from "./FullChart";
import { usePalette, type Palette } from "./palette";
import type { LegendEntry } from "./chartImage";
import type { ChartSelection } from "./selection";
import { useSaveChart } from "./useSaveChart";
import styles from "./Chart.module.css";

interface ChartProps {
  /** In kebab case: `severity`. */
  name: string;
  title: string;
  /** What the chart shows, in a sentence. */
  description: string;
  /** What the chart shows, as a table. */
  data: ChartData;
  option: (palette: Palette) => EChartsCoreOption;
  height: number;
  selection?: ChartSelection;
  /** Shown above the chart. */
  legend?: ReactNode;
  /** The legend of the saved image. */
  imageLegend?: (palette: Palette) => readonly LegendEntry[];
  wide?: boolean;
}

export function Chart({ name, title, description, data, option, height, selection, legend, imageLegend, wide = false }: ChartProps) {
  const { t } = useT();
  const palette = usePalette();
  const builtOption = useMemo(() => (palette ? option(palette) : null), [option, palette]);
  const [tableShown, setTableShown] = useState(false);
  const [full, setFull] = useState(false);
  const id = useId();
  const image = builtOption && palette ? { title, option: builtOption, height: Math.max(height, 360), palette, legend: imageLegend?.(palette) ?? [] } : null;
  const saving = useSaveChart(name, image);
  const selected = selection?.key == null ? null : t("chart-picked", { name: selection.label ?? selection.key });
  return (
    <figure className={styles.chart} data-wide={wide} data-testid={`chart-${name}`} data-selected={selection?.key ?? ""} aria-labelledby={`${id}t`}>
      <header>
        <h3 id={`${id}t`}>{title}</h3>
        <span className={styles.tools}>
          <Button
            variant="inline-icon"
            iconName="full-screen"
            ariaLabel={t("chart-full", { title })}
            onClick={() => { setFull(true); }}
            data-testid={`chart-full-${name}`}
          />
          <Button
            variant="inline-icon"
            iconName={tableShown ? "close" : "list-view"}
            ariaLabel={t(tableShown ? "chart-hide-table" : "chart-show-table", { title })}
            ariaExpanded={tableShown}
            onClick={() => { setTableShown(!tableShown); }}
            data-testid={`chart-table-${name}`}
          />
          <ButtonDropdown
            variant="inline-icon"
            ariaLabel={t("chart-save", { title })}
            expandToViewport
            loading={saving.busy}
            items={[
              { id: "png", text: t("chart-save-png") },
              { id: "svg", text: t("chart-save-svg") },
            ]}
            onItemClick={({ detail }) => { saving.save(detail.id === "svg" ? "svg" : "png"); }}
            data-testid={`chart-save-${name}`}
          />
        </span>
      </header>
      <p className={styles.description}>
        {description}
      </p>
      {legend === undefined ? null : <div className={styles.legend}>{legend}</div>}
      <ChartCanvas option={builtOption} height={height} selection={selection} label={`${title}. ${description}`} />
      {full && palette ? (
        <FullChart name={name} title={title} description={description} palette={palette} option={option} selection={selection} legend={legend} onClose={() => { setFull(false); }} />
      ) : null}
      {selected === null ? null : (
        <div className={styles.selection}>
          <span>{selected}</span>
          <Button variant="inline-link" onClick={() => { selection?.onSelect(null); }} data-testid={`chart-clear-${name}`}>
            {t("chart-clear")}
          </Button>
        </div>
      )}
      <LiveRegion hidden>{selected ?? ""}</LiveRegion>
      {tableShown ? <ChartTable title={title} data={data} selection={selection} /> : null}
      {saving.path === null ? null : (
        <Box color="text-status-success" fontSize="body-s">
          <span role="status" data-testid={`chart-saved-${name}`}>
            {t("saved-to", { path: saving.path })}
          </span>
        </Box>
      )}
      {saving.problem ? <ProblemAlert problem={saving.problem} /> : null}
    </figure>
  );
}
