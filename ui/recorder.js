// Keeps what goes wrong in the page, from before anything else runs: errors, unhandled rejections, console errors, breaches of the
// content policy. Nothing leaves the window; tests and "copy details" read it. The shell runs it in the page before the page itself.
(() => {
  "use strict";
  const MOST = 200;
  /** @type {{ kind: string, text: string }[]} */
  const kept = [];
  const keep = (kind, text) => {
    if (kept.length < MOST) kept.push({ kind, text: String(text).slice(0, 4000) });
  };
  const said = (value) => {
    if (value instanceof Error) return `${value.name}: ${value.message}\n${value.stack ?? ""}`;
    if (typeof value !== "object" || value === null) return String(value);
    try {
      return JSON.stringify(value);
    } catch {
      return Object.prototype.toString.call(value);
    }
  };
  // Not an error, whatever it is told as: the layout is measured once more in the next frame, as the standard has it.
  const LATER = "ResizeObserver loop completed with undelivered notifications.";
  window.addEventListener(
    "error",
    (event) => {
      const { target } = event;
      if (event.message === LATER) return;
      if (target instanceof Element) keep("resource", target.outerHTML);
      else keep("error", event.error ? said(event.error) : `${event.message} (${event.filename}:${event.lineno})`);
    },
    true,
  );
  window.addEventListener("unhandledrejection", (event) => keep("rejection", said(event.reason)));
  document.addEventListener("securitypolicyviolation", (event) =>
    keep("policy", `${event.violatedDirective}: ${event.blockedURI} (${event.sourceFile}:${event.lineNumber}) ${event.sample}`),
  );
  const before = console.error;
  console.error = (...values) => {
    keep("console", values.map(said).join(" "));
    before.apply(console, values);
  };
  Object.defineProperty(window, "labProblems", { value: kept });
})();
