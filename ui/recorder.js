// Records the problems of the page: errors, unhandled rejections, console errors, violations of the content policy. Nothing leaves
// the window; desktop tests read the records. The shell runs this script before any script of the page.
(() => {
  "use strict";
  const LIMIT = 200;
  /** @type {{ kind: string, text: string }[]} */
  const problems = [];
  const record = (kind, text) => {
    if (problems.length < LIMIT) problems.push({ kind, text: String(text).slice(0, 4000) });
  };
  const textOf = (value) => {
    if (value instanceof Error) return `${value.name}: ${value.message}\n${value.stack ?? ""}`;
    if (typeof value !== "object" || value === null) return String(value);
    try {
      return JSON.stringify(value);
    } catch {
      return Object.prototype.toString.call(value);
    }
  };
  // Reported as an error, but harmless: by the standard the observers are notified in the next frame.
  const DEFERRED_RESIZE = "ResizeObserver loop completed with undelivered notifications.";
  window.addEventListener(
    "error",
    (event) => {
      const { target } = event;
      if (event.message === DEFERRED_RESIZE) return;
      if (target instanceof Element) record("resource", target.outerHTML);
      else record("error", event.error ? textOf(event.error) : `${event.message} (${event.filename}:${event.lineno})`);
    },
    true,
  );
  window.addEventListener("unhandledrejection", (event) => record("rejection", textOf(event.reason)));
  document.addEventListener("securitypolicyviolation", (event) =>
    record("policy", `${event.violatedDirective}: ${event.blockedURI} (${event.sourceFile}:${event.lineNumber}) ${event.sample}`),
  );
  const original = console.error;
  console.error = (...values) => {
    record("console", values.map(textOf).join(" "));
    original.apply(console, values);
  };
  Object.defineProperty(window, "labProblems", { value: problems });
})();
