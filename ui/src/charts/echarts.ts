/** ECharts with only the parts that our charts use; draws SVG. */
import { BarChart, PieChart, ScatterChart } from "echarts/charts";
import { AriaComponent, GridComponent, TooltipComponent } from "echarts/components";
import { LabelLayout } from "echarts/features";
import { init, use as register, type EChartsType } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import type { EChartsCoreOption } from "echarts/core";

register([BarChart, PieChart, ScatterChart, AriaComponent, GridComponent, TooltipComponent, LabelLayout, SVGRenderer]);

export type { EChartsCoreOption, EChartsType };

export function createChart(element: HTMLElement): EChartsType {
  return init(element, null, { renderer: "svg" });
}

/** Renders a chart to SVG text, off screen. */
export function renderToSvg(option: EChartsCoreOption, width: number, height: number): string {
  const chart = init(null, null, { renderer: "svg", ssr: true, width, height });
  try {
    chart.setOption({ ...option, animation: false });
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
}
