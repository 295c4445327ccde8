/** ECharts, with only what our charts use: drawn as SVG. */
import { BarChart, PieChart, ScatterChart } from "echarts/charts";
import { AriaComponent, GridComponent, TooltipComponent } from "echarts/components";
import { init, use as register, type EChartsType } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import type { EChartsCoreOption } from "echarts/core";

register([BarChart, PieChart, ScatterChart, AriaComponent, GridComponent, TooltipComponent, SVGRenderer]);

export type { EChartsCoreOption, EChartsType };

export function begin(element: HTMLElement): EChartsType {
  return init(element, null, { renderer: "svg" });
}

/** The chart as the text of an SVG picture; nothing of it is on the screen. */
export function draw(option: EChartsCoreOption, width: number, height: number): string {
  const chart = init(null, null, { renderer: "svg", ssr: true, width, height });
  try {
    chart.setOption({ ...option, animation: false });
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
}
