import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

// The names in the published design-tokens package belong to another build of the design system than the published
// components, so charts and style sheets would not follow the theme. The components package contains the matching list.
const tokens = new URL(
  "node_modules/@cloudscape-design/components/internal/generated/styles/tokens.js",
  import.meta.url,
);
const path = decodeURI(tokens.pathname).replace(/^\/(?=[A-Za-z]:)/, "");

/**
 * Preloads the chunk that renders the first screen, and the texts of its language, while the entry chunk is still being
 * fetched. It does not delay the first frame.
 */
const preloadFirstScreen: Plugin = {
  name: "preload-first-screen",
  transformIndexHtml: {
    order: "post",
    handler: (_, { bundle = {} }) => {
      const chunks = Object.values(bundle).filter((file) => file.type === "chunk");
      const chunk = (name: string) => {
        const match = chunks.find((chunk) => chunk.name === name);
        if (!match) throw new Error(`there is no chunk named ${name}`);
        return match;
      };
      if (chunks.length === 0) return [];
      const styles = [...(chunk("window").viteMetadata?.importedCss ?? [])];
      const words = { ko: `/${chunk("ko").fileName}`, en: `/${chunk("en").fileName}` };
      return [
        { tag: "link", attrs: { rel: "modulepreload", crossorigin: true, href: `/${chunk("window").fileName}` } },
        ...styles.map((style) => ({ tag: "link", attrs: { rel: "preload", as: "style", crossorigin: true, href: `/${style}` } })),
        // The shell sets the language of the document before the page is loaded.
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
  plugins: [react(), preloadFirstScreen],
  resolve: { alias: { "@cloudscape-design/design-tokens": path } },
  // Tauri serves the files from the root of its own origin.
  base: "/",
  clearScreen: false,
  server: { port: 5173, strictPort: true, host: "127.0.0.1" },
  build: {
    target: ["safari16", "chrome111"],
    sourcemap: false,
    // Cloudscape and ECharts are large even when they are split by what each screen needs.
    chunkSizeWarningLimit: 1200,
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        // The first screen comes in two files, not in thirty: the entry point, and the code that renders.
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
