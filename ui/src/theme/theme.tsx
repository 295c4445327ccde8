/** The theme: light, dark, or that of the system. Sets the mode of Cloudscape, whose tokens style sheets and charts use. */
import { applyMode, Mode } from "@cloudscape-design/global-styles";
import { useCallback, useContext, createContext, useLayoutEffect, useMemo, useState, useSyncExternalStore, type ReactNode } from "react";
import type { Theme } from "../ipc/bindings";

interface ThemeState {
  /** The choice of the user; null follows the system. */
  chosen: Theme | null;
  /** The theme that is shown. */
  shown: Theme;
  choose: (theme: Theme | null) => void;
}

const ThemeContext = createContext<ThemeState | null>(null);
const dark = window.matchMedia("(prefers-color-scheme: dark)");

function watch(changed: () => void): () => void {
  dark.addEventListener("change", changed);
  return () => { dark.removeEventListener("change", changed); };
}

export function ThemeProvider({ initial, children }: { initial: Theme | null; children: ReactNode }) {
  const [chosen, setChosen] = useState(initial);
  const systemDark = useSyncExternalStore(watch, () => dark.matches);
  const shown: Theme = chosen ?? (systemDark ? "dark" : "light");
  useLayoutEffect(() => {
    document.documentElement.dataset["theme"] = shown;
    applyMode(shown === "dark" ? Mode.Dark : Mode.Light);
  }, [shown]);
  const choose = useCallback((theme: Theme | null) => { setChosen(theme); }, []);
  const state = useMemo(() => ({ chosen, shown, choose }), [chosen, shown, choose]);
  return <ThemeContext value={state}>{children}</ThemeContext>;
}

export function useTheme(): ThemeState {
  const state = useContext(ThemeContext);
  if (!state) throw new Error("ThemeProvider is missing");
  return state;
}
