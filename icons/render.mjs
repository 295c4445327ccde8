// Renders every icon of the app from the two SVG files beside this one. See README.md.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = dirname(fileURLToPath(import.meta.url));

/** A PNG with transparency. What is small is drawn from the drawing for small sizes. */
function render(size) {
  const source = join(folder, size < 48 ? "icon-small.svg" : "icon.svg");
  return execFileSync("rsvg-convert", ["--width", String(size), "--height", String(size), source], {
    maxBuffer: 1 << 26,
  });
}

const images = new Map([16, 24, 32, 48, 64, 128, 256, 512, 1024].map((size) => [size, render(size)]));
const image = (size) => images.get(size);

/** Windows: a directory of PNG images. */
function ico(sizes) {
  const head = Buffer.alloc(6 + 16 * sizes.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(sizes.length, 4);
  let at = head.length;
  sizes.forEach((size, index) => {
    const entry = 6 + 16 * index;
    head.writeUInt8(size % 256, entry); // 256 is written as 0
    head.writeUInt8(size % 256, entry + 1);
    head.writeUInt16LE(1, entry + 4); // planes
    head.writeUInt16LE(32, entry + 6); // bits per pixel
    head.writeUInt32LE(image(size).length, entry + 8);
    head.writeUInt32LE(at, entry + 12);
    at += image(size).length;
  });
  return Buffer.concat([head, ...sizes.map(image)]);
}

/** macOS: chunks of PNG images, each named after its size (and "@2x" where one size serves twice). */
function icns(chunks) {
  const parts = chunks.map(([name, size]) => {
    const head = Buffer.alloc(8);
    head.write(name, "latin1");
    head.writeUInt32BE(8 + image(size).length, 4);
    return Buffer.concat([head, image(size)]);
  });
  const body = Buffer.concat(parts);
  const head = Buffer.alloc(8);
  head.write("icns", "latin1");
  head.writeUInt32BE(8 + body.length, 4);
  return Buffer.concat([head, body]);
}

for (const [size, bytes] of images) {
  if (size !== 24) writeFileSync(join(folder, `${size}x${size}.png`), bytes);
}
writeFileSync(join(folder, "128x128@2x.png"), image(256));
writeFileSync(join(folder, "icon.ico"), ico([16, 24, 32, 48, 64, 256]));
writeFileSync(
  join(folder, "icon.icns"),
  icns([
    ["icp4", 16],
    ["icp5", 32],
    ["icp6", 64],
    ["ic07", 128],
    ["ic08", 256],
    ["ic09", 512],
    ["ic10", 1024],
    ["ic11", 32],
    ["ic12", 64],
    ["ic13", 256],
    ["ic14", 512],
  ]),
);
