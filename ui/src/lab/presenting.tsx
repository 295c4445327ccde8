/** Presentation mode, as the whole window shares it: whether it is on, which screen of a step is shown, and what is over the page. */
import { createContext, useCallback, useContext, useEffect, useLayoutEffect, useMemo, useState, type ReactNode } from "react";
import { commands, type StepId } from "../ipc/client";
import { applyContrast } from "../theme/contrast";
import { useTheme } from "../theme/theme";
import type { Screen } from "./clicker";
import { useLab } from "./state";

/** What the presenter points with; at most one at a time. */
export type Tool = "pointer" | "spotlight" | "draw";

interface Presenting {
  on: boolean;
  present: (on: boolean) => void;
  /** The screen of a step that is shown. */
  screenOf: (step: StepId) => Screen;
  show: (step: StepId, screen: Screen) => void;
  black: boolean;
  setBlack: (black: boolean) => void;
  tool: Tool | null;
  setTool: (tool: Tool | null) => void;
}

const PresentingContext = createContext<Presenting | null>(null);

export function PresentingProvider({ children }: { children: ReactNode }) {
  const { preferences, updatePreferences } = useLab();
  const { shown: theme } = useTheme();
  const on = preferences.presenting;
  const [shown, setShown] = useState<{ step: StepId; screen: Screen } | null>(null);
  const [black, setBlack] = useState(false);
  const [tool, setTool] = useState<Tool | null>(null);
  const present = useCallback(
    (on: boolean) => {
      setBlack(false);
      setTool(null);
      updatePreferences({ presenting: on });
    },
    [updatePreferences],
  );
  const show = useCallback((step: StepId, screen: Screen) => { setShown({ step, screen }); }, []);
  const screenOf = useCallback((step: StepId) => (shown?.step === step ? shown.screen : "why"), [shown]);
  // Before the effects of charts, which read their colours from the page.
  useLayoutEffect(() => {
    document.documentElement.toggleAttribute("data-presenting", on);
    applyContrast(document.body, on ? theme : null);
  }, [on, theme]);
  useFullScreen(on);
  const state = useMemo(
    () => ({ on, present, screenOf, show, black, setBlack, tool, setTool }),
    [on, present, screenOf, show, black, tool],
  );
  return <PresentingContext value={state}>{children}</PresentingContext>;
}

export function usePresenting(): Presenting {
  const state = useContext(PresentingContext);
  if (!state) throw new Error("PresentingProvider is missing");
  return state;
}

/** Fills the screen while presenting; the window had not been filling it otherwise. */
function useFullScreen(on: boolean): void {
  useEffect(() => {
    if (!on) return;
    // Without a window manager that can do it, one presents in the window.
    commands.setFullScreen(true).catch(() => undefined);
    return () => { commands.setFullScreen(false).catch(() => undefined); };
  }, [on]);
}
