/** A chart as a file: its title above it, on the theme's background. */
import { draw, type EChartsCoreOption } from "./echarts";
import type { Palette } from "./palette";

const WIDTH = 960;
const TITLE = 56;
const KEYS = 28;

/** What a colour stands for. */
export interface Key {
  label: string;
  colour: string;
}

export interface Picture {
  keys: readonly Key[];
  title: string;
  option: EChartsCoreOption;
  height: number;
  palette: Palette;
}

function headOf({ keys }: Picture): number {
  return keys.length === 0 ? TITLE : TITLE + KEYS;
}

export function svgOf(picture: Picture): string {
  const { title, option, height, palette } = picture;
  const head = headOf(picture);
  // Without what is for a pointer only: a picture is not pointed at.
  const inner = draw(option, WIDTH, height)
    .replace(/<style[^>]*>[^]*?<\/style>/g, "")
    .replace(/^<svg/, `<svg y="${head}"`);
  const whole = height + head;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${whole}" viewBox="0 0 ${WIDTH} ${whole}">`,
    `<rect width="100%" height="100%" fill="${escaped(palette.surface)}"/>`,
    `<text x="24" y="36" font-family="${escaped(palette.font)}" font-size="20" font-weight="bold" fill="${escaped(palette.text)}">${escaped(title)}</text>`,
    keysOf(picture),
    inner,
    "</svg>",
  ].join("");
}

/** One beside the other, under the title. */
function keysOf({ keys, palette }: Picture): string {
  const pen = document.createElement("canvas").getContext("2d");
  if (pen) pen.font = `14px ${palette.font}`;
  let x = 24;
  return keys
    .map(({ label, colour }) => {
      const square = `<rect x="${x}" y="${TITLE - 2}" width="12" height="12" rx="2" fill="${escaped(colour)}" stroke="${escaped(palette.text)}" stroke-width="0.5"/>`;
      const text = `<text x="${x + 18}" y="${TITLE + 9}" font-family="${escaped(palette.font)}" font-size="14" fill="${escaped(palette.text)}">${escaped(label)}</text>`;
      x += 18 + (pen?.measureText(label).width ?? label.length * 12) + 24;
      return square + text;
    })
    .join("");
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
    canvas.height = (picture.height + headOf(picture)) * 2;
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
