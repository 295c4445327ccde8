/** The entry point: fetches everything that the first screen needs at the same time, then shows it. */
import { loadStepsFrame } from "./app/lazy";
import { Localizer } from "./i18n/localizer";
import { asProblem, commands, type AppState, type Lang } from "./ipc/client";
import { loadUnfinishedRun } from "./start/lazy";

async function boot(): Promise<void> {
  // The code of the window and the texts of the likeliest language are fetched while the shell responds.
  const likely = likeliestLanguage();
  const [view, localizer, result] = await Promise.all([import("./window"), Localizer.load(likely), settled(commands.appState())]);
  if ("problem" in result) {
    view.fail(localizer, asProblem(result.problem), () => void boot());
    return;
  }
  const lang = result.state.preferences.language ?? result.state.systemLanguage;
  // The whole first screen is available before it is rendered: React would delay parts that arrive later, and they would flicker.
  const [texts] = await Promise.all([lang === likely ? localizer : Localizer.load(lang), firstScreen(result.state)]);
  view.open(texts, result.state);
}

/** Turns a failure into a value, so that it can be shown once the code that shows it has been fetched. */
function settled(state: Promise<AppState>): Promise<{ state: AppState } | { problem: unknown }> {
  return state.then(
    (state) => ({ state }),
    (problem: unknown) => ({ problem }),
  );
}

/** Fetches the chunks of the first screen that depend on the state. */
async function firstScreen({ run, backend }: AppState): Promise<void> {
  if (run === null || run.finished) return;
  // If that fails, the place that shows it reports the error.
  await (backend === null ? loadUnfinishedRun : loadStepsFrame)().catch(() => undefined);
}

/** The shell sets the language of the document before the page is loaded. */
function likeliestLanguage(): Lang {
  return document.documentElement.lang === "ko" ? "ko" : "en";
}

void boot();
