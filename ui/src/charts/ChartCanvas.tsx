/** Where a chart is drawn. A click on a part of it selects the part. */
import { useEffect, useRef } from "react";
import { createChart, type EChartsCoreOption, type EChartsType } from "./echarts";
import { keyOfItem } from "./chartTheme";
import { toggled, type ChartSelection } from "./selection";
import styles from "./Chart.module.css";

interface ChartCanvasProps {
  option: EChartsCoreOption | null;
  /** In pixels, or as a length of CSS. */
  height: number | string;
  selection: ChartSelection | undefined;
  label: string;
}

export function ChartCanvas({ option, height, selection, label }: ChartCanvasProps) {
  const element = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType | null>(null);
  const newestSelection = useRef(selection);
  useEffect(() => {
    newestSelection.current = selection;
  });
  useEffect(() => {
    const container = element.current;
    if (!container) return;
    const created = createChart(container);
    chart.current = created;
    created.on("click", (item) => {
      const key = keyOfItem(item);
      const current = newestSelection.current;
      if (key !== null && current) current.onSelect(toggled(current, key));
    });
    const observer = new ResizeObserver(() => { created.resize(); });
    observer.observe(container);
    return () => {
      observer.disconnect();
      created.dispose();
      chart.current = null;
    };
  }, []);
  useEffect(() => {
    if (option) chart.current?.setOption(option, { notMerge: true });
  }, [option]);
  return <div ref={element} className={styles.canvas} style={{ height }} role="img" aria-label={label} />;
}
