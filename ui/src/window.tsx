/** Renders the window, or the error that prevents it. A chunk of its own, with everything that renders the first screen. */
import "@cloudscape-design/global-styles/index.css";
import "./theme/page.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/App";
import { BootProblem } from "./app/BootProblem";
import { LanguageProvider } from "./i18n/context";
import type { Localizer } from "./i18n/localizer";
import type { AppState, IpcError } from "./ipc/client";
import { LabProvider } from "./lab/state";
import { ThemeProvider } from "./theme/theme";
import { applyTokens } from "./theme/tokens";

const root = createRoot(document.getElementById("root") ?? document.body);
applyTokens(document.body);

export function open(localizer: Localizer, state: AppState): void {
  root.render(
    <StrictMode>
      <LanguageProvider initial={localizer}>
        <ThemeProvider initial={state.preferences.theme}>
          <LabProvider initial={state}>
            <App />
          </LabProvider>
        </ThemeProvider>
      </LanguageProvider>
    </StrictMode>,
  );
}

export function fail(localizer: Localizer, problem: IpcError, onRetry: () => void): void {
  root.render(
    <LanguageProvider initial={localizer}>
      <ThemeProvider initial={null}>
        <BootProblem problem={problem} onRetry={onRetry} />
      </ThemeProvider>
    </LanguageProvider>,
  );
}
