/** Begins: asks for everything that the first screen takes at once, then shows it. */
import { loadStepsFrame } from "./app/lazy";
import { Words } from "./i18n/words";
import { asProblem, commands, type AppState, type Lang } from "./ipc/client";
import { loadUnfinishedRun } from "./start/lazy";

async function boot(): Promise<void> {
  // What draws and the words of the likeliest language are fetched while the shell answers.
  const likely = guess();
  const [drawing, words, state] = await Promise.all([import("./window"), Words.load(likely), answered(commands.appState())]);
  if ("problem" in state) {
    drawing.fail(words, asProblem(state.problem), () => void boot());
    return;
  }
  const lang = state.answer.preferences.language ?? state.answer.systemLanguage;
  // All of the first screen is there before it is drawn: what comes later is held back for a while, lest it flicker.
  const [spoken] = await Promise.all([lang === likely ? words : Words.load(lang), firstScreen(state.answer)]);
  drawing.open(spoken, state.answer);
}

/** A failure is kept until there is something to show it with. */
function answered<T>(asked: Promise<T>): Promise<{ answer: T } | { problem: unknown }> {
  return asked.then(
    (answer) => ({ answer }),
    (problem: unknown) => ({ problem }),
  );
}

/** Fetches what the first screen shows besides. */
async function firstScreen({ run, place }: AppState): Promise<void> {
  if (run === null || run.finished) return;
  // What cannot be fetched says so where it stands.
  await (place === null ? loadUnfinishedRun : loadStepsFrame)().catch(() => undefined);
}

/** The shell says it before the page is read. */
function guess(): Lang {
  return document.documentElement.lang === "ko" ? "ko" : "en";
}

void boot();
