import { expect, test } from "vitest";

const sources = import.meta.glob<string>("../**/*.{ts,tsx}", { query: "?raw", import: "default", eager: true });
const sheets = import.meta.glob<Record<string, string>>("../**/*.module.css", { import: "default", eager: true });

/** The classes that components use, by style sheet. */
function usedClasses(): Map<string, Set<string>> {
  const used = new Map<string, Set<string>>();
  for (const [path, source] of Object.entries(sources)) {
    for (const [, name = "", sheet = ""] of source.matchAll(/^import (\w+) from "([^"]+\.module\.css)";$/gm)) {
      const file = new URL(sheet, new URL(path, "file:///src/theme/")).pathname.replace("/src/", "../");
      const classes = used.get(file) ?? new Set();
      for (const [, field = ""] of source.matchAll(new RegExp(`(?<![\\w/])${name}\\.(\\w+)`, "g"))) classes.add(field);
      used.set(file, classes);
    }
  }
  return used;
}

test("every class of a CSS module is used, and every class that a component uses exists", () => {
  const used = usedClasses();
  expect(used.size).toBeGreaterThan(0);
  for (const [path, sheet] of Object.entries(sheets)) {
    const relative = path.startsWith("./") ? `../theme/${path.slice(2)}` : path;
    expect([...(used.get(relative) ?? [])].sort(), relative).toEqual(Object.keys(sheet).sort());
  }
});
