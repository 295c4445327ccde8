/** A chart with everything around it: title, what it says in words and as a table, saving, and picking a part. */
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import LiveRegion from "@cloudscape-design/components/live-region";
import { useEffect, useId, useMemo, useRef, useState, type ReactNode } from "react";
import { ProblemAlert } from "../components/ProblemAlert";
import { useT } from "../i18n/context";
import { ChartTable, type ChartData } from "./ChartTable";
import { begin, type EChartsCoreOption, type EChartsType } from "./echarts";
import { keyOfPart } from "./look";
import { usePalette, type Palette } from "./palette";
import type { Key } from "./picture";
import { useSaveChart } from "./useSaveChart";
import "./charts.css";

export interface Pick {
  /** The part that is picked now. */
  picked: string | null;
  /** What it is called. */
  name: string | null;
  onPick: (key: string | null) => void;
}

interface ChartProps {
  /** In kebab case: `severity`. */
  name: string;
  title: string;
  /** What it says, in a sentence. */
  says: string;
  /** The same as a table. */
  data: ChartData;
  option: (palette: Palette) => EChartsCoreOption;
  height: number;
  pick?: Pick;
  /** Above the chart: what its colours mean. */
  legend?: ReactNode;
  /** The same for a saved picture. */
  keys?: (palette: Palette) => readonly Key[];
  wide?: boolean;
}

export function Chart({ name, title, says, data, option, height, pick, legend, keys, wide = false }: ChartProps) {
  const { t } = useT();
  const palette = usePalette();
  const built = useMemo(() => (palette ? option(palette) : null), [option, palette]);
  const [asTable, setAsTable] = useState(false);
  const [ids] = [useId()];
  const saving = useSaveChart(name, built && palette ? { title, option: built, height: Math.max(height, 360), palette, keys: keys?.(palette) ?? [] } : null);
  return (
    <figure className="lab-chart" data-wide={wide} data-testid={`chart-${name}`} data-picked={pick?.picked ?? ""} aria-labelledby={`${ids}t`}>
      <header>
        <h3 id={`${ids}t`}>{title}</h3>
        <span className="lab-chart-tools">
          <Button
            variant="inline-icon"
            iconName={asTable ? "close" : "list-view"}
            ariaLabel={t(asTable ? "chart-hide-table" : "chart-show-table", { title })}
            ariaExpanded={asTable}
            onClick={() => { setAsTable(!asTable); }}
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
      <p className="lab-chart-says" id={`${ids}s`}>
        {says}
      </p>
      {legend === undefined ? null : <div className="lab-chart-legend">{legend}</div>}
      <Canvas option={built} height={height} pick={pick} label={`${title}. ${says}`} />
      {pick?.picked == null ? null : (
        <div className="lab-chart-picked">
          <span>{t("chart-picked", { name: pick.name ?? pick.picked })}</span>
          <Button variant="inline-link" onClick={() => { pick.onPick(null); }} data-testid={`chart-clear-${name}`}>
            {t("chart-clear")}
          </Button>
        </div>
      )}
      <LiveRegion hidden>{pick?.picked == null ? "" : t("chart-picked", { name: pick.name ?? pick.picked })}</LiveRegion>
      {asTable ? <ChartTable title={title} data={data} pick={pick} /> : null}
      {saving.saved === null ? null : (
        <Box color="text-status-success" fontSize="body-s">
          <span role="status" data-testid={`chart-saved-${name}`}>
            {t("saved-to", { path: saving.saved })}
          </span>
        </Box>
      )}
      {saving.problem ? <ProblemAlert problem={saving.problem} /> : null}
    </figure>
  );
}

interface CanvasProps {
  option: EChartsCoreOption | null;
  height: number;
  pick: Pick | undefined;
  label: string;
}

function Canvas({ option, height, pick, label }: CanvasProps) {
  const element = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType | null>(null);
  const picking = useRef(pick);
  useEffect(() => {
    picking.current = pick;
  });
  useEffect(() => {
    const at = element.current;
    if (!at) return;
    const made = begin(at);
    chart.current = made;
    made.on("click", (part) => {
      const key = keyOfPart(part);
      const now = picking.current;
      if (key !== null && now) now.onPick(now.picked === key ? null : key);
    });
    const watch = new ResizeObserver(() => { made.resize(); });
    watch.observe(at);
    return () => {
      watch.disconnect();
      made.dispose();
      chart.current = null;
    };
  }, []);
  useEffect(() => {
    if (option) chart.current?.setOption(option, { notMerge: true });
  }, [option]);
  return <div ref={element} className="lab-chart-canvas" data-pickable={pick !== undefined} style={{ height }} role="img" aria-label={label} />;
}
