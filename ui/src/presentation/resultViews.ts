/** The result of a step, which may have several views in tabs: in presentation mode each of them is shown in its turn. */
import type { Press } from "../lab/clicker";

/** The element that holds the result of a step. */
const RESULT = "#part-result";

export function hasResult(): boolean {
  const result = document.querySelector(RESULT);
  // While its code is fetched it has no text yet.
  return result !== null && (result.textContent !== "" || result.querySelector('[role="status"]') !== null);
}

/** Opens the view after or before the open one; `false` if there is none. */
export function moveView(press: Press): boolean {
  const views = tabs();
  const open = views.findIndex((view) => view.getAttribute("aria-selected") === "true");
  const next = views[open + (press === "forward" ? 1 : -1)];
  if (open === -1 || !next) return false;
  next.click();
  return true;
}

/** Opens the view with which the result begins, for someone who comes to it in this direction. */
export function enterViews(press: Press): void {
  tabs()
    .at(press === "forward" ? 0 : -1)
    ?.click();
}

function tabs(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(`${RESULT} [role="tab"]:has([data-testid^="view-"])`)];
}
