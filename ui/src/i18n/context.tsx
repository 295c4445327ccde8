/** The current language for components: texts and formatted values, and switching the language. */
import { I18nProvider } from "@cloudscape-design/components/i18n";
import { createContext, useCallback, useContext, useLayoutEffect, useMemo, useRef, useState, type ReactNode } from "react";
import type { Lang, Message } from "../ipc/bindings";
import { formatBytes, formatCount, formatDay, formatMoment, formatPercent, formatScore } from "./format";
import { useMasked } from "./mask";
import { Localizer, type Args } from "./localizer";

interface Language {
  localizer: Localizer;
  switchTo: (lang: Lang) => Promise<void>;
}

const LanguageContext = createContext<Language | null>(null);

export function LanguageProvider({ initial, children }: { initial: Localizer; children: ReactNode }) {
  const [localizer, setLocalizer] = useState(initial);
  const loaded = useRef(new Map<Lang, Localizer>([[initial.lang, initial]]));
  const switchTo = useCallback(async (lang: Lang) => {
    const next = loaded.current.get(lang) ?? (await Localizer.load(lang));
    loaded.current.set(lang, next);
    setLocalizer(next);
  }, []);
  useLayoutEffect(() => {
    document.documentElement.lang = localizer.lang;
    document.title = localizer.text("app-title");
  }, [localizer]);
  const language = useMemo(() => ({ localizer, switchTo }), [localizer, switchTo]);
  const components = useMemo(() => [localizer.components], [localizer]);
  return (
    <LanguageContext value={language}>
      <I18nProvider locale={localizer.lang} messages={components}>
        {children}
      </I18nProvider>
    </LanguageContext>
  );
}

export function useLanguage(): Language {
  const language = useContext(LanguageContext);
  if (!language) throw new Error("LanguageProvider is missing");
  return language;
}

/** The localizer of the current language. */
export function useLocalizer(): Localizer {
  return useLanguage().localizer;
}

/** Texts and formatted values in the current language. */
export interface Translator {
  lang: Lang;
  /** The text `id`. */
  t: (id: string, args?: Args) => string;
  /** The text of a message from the shell. */
  message: (message: Message) => string;
  /** Formats a count. */
  number: (value: number) => string;
  /** Formats a score from 0 to 10. */
  score: (value: number) => string;
  /** Formats a probability or share from 0 to 1. */
  percent: (value: number) => string;
  bytes: (value: number) => string;
  /** Formats seconds. */
  duration: (seconds: number) => string;
  /** Formats milliseconds. */
  millis: (milliseconds: number) => string;
  /** Formats a timestamp in RFC 3339: date, time and time zone. */
  date: (timestamp: string) => string;
  /** Formats the day of a timestamp, in UTC. */
  day: (timestamp: string) => string;
  /** Formats a timestamp in RFC 3339: hours, minutes, seconds. */
  clock: (timestamp: string) => string;
  list: (items: readonly string[]) => string;
}

/** Texts and formatted values, with account ids masked if the user wants that: `const { t, bytes } = useT()`. */
export function useT(): Translator {
  const localizer = useLocalizer();
  const masked = useMasked();
  return useMemo(
    () => ({
      lang: localizer.lang,
      t: (id, args) => masked(localizer.text(id, args)),
      message: (message) => masked(localizer.message(message)),
      number: formatCount,
      score: formatScore,
      percent: formatPercent,
      bytes: formatBytes,
      duration: (seconds) => localizer.duration(seconds),
      millis: (milliseconds) => localizer.millis(milliseconds),
      date: (timestamp) => formatMoment(timestamp),
      day: formatDay,
      clock: (timestamp) => localizer.clock(timestamp),
      list: (items) => localizer.list(items),
    }),
    [localizer, masked],
  );
}
