/** What the help panel shows, and whether it is open. */
import { createContext, useCallback, useContext, useEffect, useMemo, useState, type ReactNode } from "react";
import { useLab } from "./state";

interface Help {
  topic: string;
  open: boolean;
  /** Shows a topic, and opens the panel if it is closed. */
  show: (topic: string) => void;
  setTopic: (topic: string) => void;
  setOpen: (open: boolean) => void;
}

const HelpContext = createContext<Help | null>(null);

/** In a narrower window (CSS pixels) help is closed at first: there is no room beside the step. */
const WIDE = 1400;

export function HelpProvider({ children }: { children: ReactNode }) {
  const { preferences, updatePreferences } = useLab();
  const [topic, setTopic] = useState("start");
  const [open, setOpenNow] = useState(() => !preferences.helpClosed && window.innerWidth >= WIDE);
  const setOpen = useCallback(
    (open: boolean) => {
      setOpenNow(open);
      updatePreferences({ helpClosed: !open });
    },
    [updatePreferences],
  );
  const show = useCallback(
    (topic: string) => {
      setTopic(topic);
      setOpen(true);
    },
    [setOpen],
  );
  const help = useMemo(() => ({ topic, open, show, setTopic, setOpen }), [topic, open, show, setOpen]);
  return <HelpContext value={help}>{children}</HelpContext>;
}

export function useHelpPanel(): Help {
  const help = useContext(HelpContext);
  if (!help) throw new Error("HelpProvider is missing");
  return help;
}

/** Sets the help topic while the calling component is shown. */
export function useHelpTopic(topic: string): void {
  const { setTopic } = useHelpPanel();
  useEffect(() => {
    setTopic(topic);
  }, [topic, setTopic]);
}
