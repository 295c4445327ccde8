/** Unit tests of the modules that need no page; the window itself is tested from `tests/`. */
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: { environment: "node", include: ["src/**/*.test.ts"], css: { include: [/\.module\.css$/] } },
});
