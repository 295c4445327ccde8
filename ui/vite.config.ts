import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

// The published tokens are named after another build of the design system than the published components: charts and
// style sheets would not follow the theme. The components bring the same list with the right names.
const tokens = new URL(
  "node_modules/@cloudscape-design/components/internal/generated/styles/tokens.js",
  import.meta.url,
);
const path = decodeURI(tokens.pathname).replace(/^\/(?=[A-Za-z]:)/, "");

/**
 * The window freezes `Object.prototype`, and then an assignment cannot give an object a `constructor` of its own. ECharts
 * does that in one place, by the way; there it is defined instead.
 */
function chartsWithFrozenPrototypes(): Plugin {
  const before = "target[name_1] = noop;";
  const after = "Object.defineProperty(target, name_1, { value: noop, writable: true, enumerable: true, configurable: true });";
  return {
    name: "charts-with-frozen-prototypes",
    transform(code, id) {
      if (!id.replaceAll("\\", "/").endsWith("/echarts/lib/core/Scheduler.js")) return null;
      if (!code.includes(before)) this.error("ECharts has changed: see whether this is still needed");
      return { code: code.replace(before, after), map: null };
    },
  };
}

export default defineConfig({
  plugins: [react(), chartsWithFrozenPrototypes()],
  resolve: { alias: { "@cloudscape-design/design-tokens": path } },
  // Tauri serves the files from the root of its own origin.
  base: "/",
  clearScreen: false,
  server: { port: 5173, strictPort: true, host: "127.0.0.1" },
  build: {
    target: ["safari16", "chrome111"],
    sourcemap: false,
    // Cloudscape and ECharts are large; they are split by what a screen needs.
    chunkSizeWarningLimit: 1200,
    assetsInlineLimit: 0,
  },
});
