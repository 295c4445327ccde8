/** A chart as a file: its title above it, on the theme's background. */
import { draw, type EChartsCoreOption } from "./echarts";
import type { Palette } from "./palette";

const WIDTH = 960;
const TITLE = 56;

export interface Picture {
  title: string;
  option: EChartsCoreOption;
  height: number;
  palette: Palette;
}

export function svgOf({ title, option, height, palette }: Picture): string {
  const inner = draw(option, WIDTH, height).replace(/^<svg/, `<svg y="${TITLE}"`);
  const whole = height + TITLE;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${whole}" viewBox="0 0 ${WIDTH} ${whole}">`,
    `<rect width="100%" height="100%" fill="${escaped(palette.surface)}"/>`,
    `<text x="24" y="36" font-family="${escaped(palette.font)}" font-size="20" font-weight="bold" fill="${escaped(palette.text)}">${escaped(title)}</text>`,
    inner,
    "</svg>",
  ].join("");
}

/** The same, twice as fine as it is shown, in base64. */
export async function pngOf(picture: Picture): Promise<string> {
  const url = URL.createObjectURL(new Blob([svgOf(picture)], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = WIDTH * 2;
    canvas.height = (picture.height + TITLE) * 2;
    const context = canvas.getContext("2d");
    if (!context) throw new Error("no canvas to draw on");
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    return canvas.toDataURL("image/png").replace(/^[^,]*,/, "");
  } finally {
    URL.revokeObjectURL(url);
  }
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
