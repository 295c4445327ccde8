/** Begins: what the shell knows, then the words, then the window. */
import "@cloudscape-design/global-styles/index.css";
import "./theme/lab.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/App";
import { BootProblem } from "./app/BootProblem";
import { LabProvider } from "./app/state";
import { LanguageProvider } from "./i18n/context";
import { Words } from "./i18n/words";
import { asProblem, commands, type AppState, type Lang } from "./ipc/door";
import { ThemeProvider } from "./theme/theme";
import { lendTokens } from "./theme/tokens";

const root = createRoot(document.getElementById("root") ?? document.body);

async function boot(): Promise<void> {
  lendTokens(document.body);
  // The words of the likeliest language are fetched while the shell answers.
  const likely = guess();
  const ahead = Words.load(likely);
  let state: AppState;
  try {
    state = await commands.appState();
  } catch (thrown) {
    const words = await ahead;
    root.render(
      <LanguageProvider initial={words}>
        <ThemeProvider initial={null}>
          <BootProblem problem={asProblem(thrown)} onRetry={() => void boot()} />
        </ThemeProvider>
      </LanguageProvider>,
    );
    return;
  }
  const lang = state.preferences.language ?? state.systemLanguage;
  const words = lang === likely ? await ahead : await Words.load(lang);
  root.render(
    <StrictMode>
      <LanguageProvider initial={words}>
        <ThemeProvider initial={state.preferences.theme}>
          <LabProvider initial={state}>
            <App />
          </LabProvider>
        </ThemeProvider>
      </LanguageProvider>
    </StrictMode>,
  );
}

function guess(): Lang {
  return navigator.language.toLowerCase().startsWith("ko") ? "ko" : "en";
}

void boot();
