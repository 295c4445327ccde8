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
 * Has what draws the first screen, and the words of its language, fetched while what asks for them is still on its way.
 * It does not hold back the first frame.
 */
const fetchedAhead: Plugin = {
  name: "fetched-ahead",
  transformIndexHtml: {
    order: "post",
    handler: (_, { bundle = {} }) => {
      const chunks = Object.values(bundle).filter((file) => file.type === "chunk");
      const chunk = (name: string) => {
        const found = chunks.find((chunk) => chunk.name === name);
        if (!found) throw new Error(`no chunk is called ${name}`);
        return found;
      };
      if (chunks.length === 0) return [];
      const styles = [...(chunk("window").viteMetadata?.importedCss ?? [])];
      const words = { ko: `/${chunk("ko").fileName}`, en: `/${chunk("en").fileName}` };
      return [
        { tag: "link", attrs: { rel: "modulepreload", crossorigin: true, href: `/${chunk("window").fileName}` } },
        ...styles.map((style) => ({ tag: "link", attrs: { rel: "preload", as: "style", crossorigin: true, href: `/${style}` } })),
        // The shell has said the language before the page is read.
        {
          tag: "script",
          children:
            `const words = document.createElement("link"); words.rel = "modulepreload"; words.crossOrigin = "";` +
            ` words.href = ${JSON.stringify(words)}[document.documentElement.lang]; document.head.append(words);`,
        },
      ];
    },
  },
};

export default defineConfig({
  plugins: [react(), fetchedAhead],
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
    rolldownOptions: {
      output: {
        // What the first screen takes comes in two files, not in thirty: what asks, and what draws.
        codeSplitting: {
          groups: [
            { name: "main", test: /\/src\/main\.tsx$/, priority: 2 },
            { name: "window", test: /\/src\/window\.tsx$/, priority: 1 },
          ],
        },
      },
    },
  },
});
