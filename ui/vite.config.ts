import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [react()],
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
