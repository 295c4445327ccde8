import js from "@eslint/js";
import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["dist", "src/ipc/bindings.ts"] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  reactHooks.configs.flat["recommended-latest"],
  {
    languageOptions: { parserOptions: { projectService: { allowDefaultProject: ["eslint.config.js", "recorder.js", ".dependency-cruiser.cjs"] } } },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      // src/ipc/ is the only directory that imports Tauri.
      "no-restricted-imports": ["error", { patterns: [{ group: ["@tauri-apps/*"], message: "Only src/ipc/ imports Tauri." }] }],
      "no-console": "error",
    },
  },
  { files: ["src/ipc/**"], rules: { "no-restricted-imports": "off" } },
  { files: [".dependency-cruiser.cjs"], languageOptions: { globals: { module: "writable" } } },
  {
    files: ["recorder.js"],
    languageOptions: { globals: { console: "readonly", document: "readonly", Element: "readonly", window: "readonly" } },
    rules: { "no-console": "off" },
  },
  { files: ["*.js", ".dependency-cruiser.cjs"], extends: [tseslint.configs.disableTypeChecked] },
);
