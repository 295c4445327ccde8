/** What the help panel shows, the topics before it, and whether it is open. */
import { createContext, useCallback, useContext, useEffect, useMemo, useState, type ReactNode } from "react";
import { useLab } from "./state";

interface Help {
  topic: string;
  open: boolean;
  /** Shows a topic, and opens the panel if it is closed. */
  show: (topic: string) => void;
  /** Shows the topic before this one; null: there is none. */
  back: (() => void) | null;
  /** Shows the topic of a page; what was looked up on another page is forgotten. */
  setTopic: (topic: string) => void;
  setOpen: (open: boolean) => void;
}

const HelpContext = createContext<Help | null>(null);

/** In a narrower window (CSS pixels) help covers part of the page, so it is closed at first. Style sheets have the same width. */
const WIDE = 1200;

export function HelpProvider({ children }: { children: ReactNode }) {
  const { preferences, updatePreferences } = useLab();
  const [topics, setTopics] = useState<readonly string[]>(["start"]);
  // Open on the first run, and until it is closed.
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
      setTopics((before) => (before.at(-1) === topic ? before : [...before, topic]));
      setOpen(true);
    },
    [setOpen],
  );
  const setTopic = useCallback((topic: string) => { setTopics([topic]); }, []);
  const help = useMemo(
    () => ({
      topic: topics.at(-1) ?? "start",
      open,
      show,
      back: topics.length > 1 ? () => { setTopics(topics.slice(0, -1)); } : null,
      setTopic,
      setOpen,
    }),
    [topics, open, show, setTopic, setOpen],
  );
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
