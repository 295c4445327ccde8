/** A chart as an SVG or PNG file: its title above it, on the background of the theme. */
import { renderToSvg, type EChartsCoreOption } from "./echarts";
import type { Palette } from "./palette";

const WIDTH = 960;
const TITLE_HEIGHT = 56;
const LEGEND_HEIGHT = 28;

/** A colour and its meaning. */
export interface LegendEntry {
  label: string;
  colour: string;
}

export interface ChartImage {
  legend: readonly LegendEntry[];
  title: string;
  option: EChartsCoreOption;
  height: number;
  palette: Palette;
}

function headerHeight({ legend }: ChartImage): number {
  return legend.length === 0 ? TITLE_HEIGHT : TITLE_HEIGHT + LEGEND_HEIGHT;
}

export function toSvg(image: ChartImage): string {
  const { title, option, height, palette } = image;
  const header = headerHeight(image);
  // Style sheets only serve the pointer, which a file does not have.
  const inner = renderToSvg(option, WIDTH, height)
    .replace(/<style[^>]*>[^]*?<\/style>/g, "")
    .replace(/^<svg/, `<svg y="${header}"`);
  const total = height + header;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${total}" viewBox="0 0 ${WIDTH} ${total}">`,
    `<rect width="100%" height="100%" fill="${escapeXml(palette.surface)}"/>`,
    `<text x="24" y="36" font-family="${escapeXml(palette.font)}" font-size="20" font-weight="bold" fill="${escapeXml(palette.text)}">${escapeXml(title)}</text>`,
    legendSvg(image),
    inner,
    "</svg>",
  ].join("");
}

/** The legend as one row under the title. */
function legendSvg({ legend, palette }: ChartImage): string {
  const context = document.createElement("canvas").getContext("2d");
  if (context) context.font = `14px ${palette.font}`;
  let x = 24;
  return legend
    .map(({ label, colour }) => {
      const square = `<rect x="${x}" y="${TITLE_HEIGHT - 2}" width="12" height="12" rx="2" fill="${escapeXml(colour)}" stroke="${escapeXml(palette.text)}" stroke-width="0.5"/>`;
      const text = `<text x="${x + 18}" y="${TITLE_HEIGHT + 9}" font-family="${escapeXml(palette.font)}" font-size="14" fill="${escapeXml(palette.text)}">${escapeXml(label)}</text>`;
      x += 18 + (context?.measureText(label).width ?? label.length * 12) + 24;
      return square + text;
    })
    .join("");
}

/** The image as a PNG at twice the resolution, base64-encoded. */
export async function toPng(chartImage: ChartImage): Promise<string> {
  const url = URL.createObjectURL(new Blob([toSvg(chartImage)], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = WIDTH * 2;
    canvas.height = (chartImage.height + headerHeight(chartImage)) * 2;
    const context = canvas.getContext("2d");
    if (!context) throw new Error("no 2D canvas context");
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    return canvas.toDataURL("image/png").replace(/^[^,]*,/, "");
  } finally {
    URL.revokeObjectURL(url);
  }
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
