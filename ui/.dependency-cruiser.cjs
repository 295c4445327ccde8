/**
 * What may import what in the window's code. `npm run cycles` checks `src`; any other folder is checked by
 * `npx depcruise --config .dependency-cruiser.cjs <folder>`, run from `ui/`: it exits with 0 if all rules hold, otherwise
 * with the number of violations, and names each of them. `circular` holds in every folder; the other rules are about `src`.
 * Type-only imports and dynamic imports count (`tsPreCompilationDeps`); unit tests do not.
 */

/** The directories of `src`, lowest floor first. A file imports from its own directory and from lower floors only. */
const floors = [
  // The shell: the only directory that imports Tauri.
  ["ipc"],
  // Texts and colours.
  ["i18n", "theme"],
  // What the whole window shares: state, route, events, help, shortcuts. Components and charts may use it.
  ["lab"],
  ["components"],
  ["charts", "pictures", "help"],
  ["results", "start"],
  ["explorer", "steps"],
  ["presentation"],
  // The frame of the window. `main.tsx` and `window.tsx`, which are above it, are imported by nothing.
  ["app"],
];

const inside = (directories) => `^src/(${directories.join("|")})/`;

const floorRules = floors.flatMap((floor, height) =>
  floor.map((directory) => ({
    name: `floor-of-${directory}`,
    comment: `src/${directory}/ imports from itself and from lower floors only: ${floors.slice(0, height).flat().join(", ") || "none"}.`,
    severity: "error",
    from: { path: inside([directory]) },
    to: {
      path: [inside(floors.slice(height).flat().filter((other) => other !== directory)), "^src/[^/]+$"].filter((path) => path !== inside([])),
    },
  })),
);

module.exports = {
  forbidden: [
    {
      name: "circular",
      comment: "No import cycles: neither through values, nor through types, nor through dynamic imports.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "tauri-only-in-ipc",
      comment: "Only src/ipc/ imports Tauri.",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/ipc/" },
      to: { path: "@tauri-apps/" },
    },
    {
      name: "every-directory-has-a-floor",
      comment: "A new directory of src is given a floor in the list above.",
      severity: "error",
      from: { path: "^src/[^/]+/", pathNot: inside(floors.flat()) },
      to: {},
    },
    {
      name: "resolvable",
      comment: "An import that is not found would hide a cycle.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
    ...floorRules,
  ],
  options: {
    exclude: { path: "\\.test\\.tsx?$" },
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "require", "node", "default", "types"], extensions: [".ts", ".tsx", ".js", ".css", ".ftl"] },
  },
};
