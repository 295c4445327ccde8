import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

// The published tokens are named after another build of the design system than the published components: charts and
// style sheets would not follow the theme. The components bring the same list with the right names.
const tokens = new URL(
  "node_modules/@cloudscape-design/components/internal/generated/styles/tokens.js",
  import.meta.url,
);
const path = decodeURI(tokens.pathname).replace(/^\/(?=[A-Za-z]:)/, "");

export default defineConfig({
  plugins: [react()],
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
