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

const used = usedClasses();

// A class that does not exist is `undefined`: neither the compiler nor the page reports it.
test.each(Object.entries(sheets))("%s defines the classes that its components use", (path, sheet) => {
  expect([...(used.get(path) ?? [])].filter((name) => !Object.hasOwn(sheet, name))).toEqual([]);
});
