/** The words at hand, and switching the language at once. */
import { I18nProvider } from "@cloudscape-design/components/i18n";
import { createContext, useCallback, useContext, useLayoutEffect, useMemo, useRef, useState, type ReactNode } from "react";
import type { Lang, Message } from "../ipc/bindings";
import { useMasked } from "./mask";
import { Words, type Args } from "./words";

interface Language {
  words: Words;
  switchTo: (lang: Lang) => Promise<void>;
}

const LanguageContext = createContext<Language | null>(null);

export function LanguageProvider({ initial, children }: { initial: Words; children: ReactNode }) {
  const [words, setWords] = useState(initial);
  const loaded = useRef(new Map<Lang, Words>([[initial.lang, initial]]));
  const switchTo = useCallback(async (lang: Lang) => {
    const found = loaded.current.get(lang) ?? (await Words.load(lang));
    loaded.current.set(lang, found);
    setWords(found);
  }, []);
  useLayoutEffect(() => {
    document.documentElement.lang = words.lang;
    document.title = words.text("app-title");
  }, [words]);
  const language = useMemo(() => ({ words, switchTo }), [words, switchTo]);
  const components = useMemo(() => [words.components], [words]);
  return (
    <LanguageContext value={language}>
      <I18nProvider locale={words.lang} messages={components}>
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

/** The words of the language that is spoken now. */
export function useWords(): Words {
  return useLanguage().words;
}

/** What a component says with. */
export interface Say {
  lang: Lang;
  /** Says the text `id`. */
  t: (id: string, args?: Args) => string;
  /** Says what Rust said. */
  message: (message: Message) => string;
  number: (value: number, options?: Intl.NumberFormatOptions) => string;
  percent: (value: number, digits?: number) => string;
  bytes: (value: number) => string;
  /** Of seconds. */
  duration: (seconds: number) => string;
  /** Of milliseconds. */
  millis: (milliseconds: number) => string;
  /** Of a moment in RFC 3339: date and time. */
  date: (timestamp: string, options?: Intl.DateTimeFormatOptions) => string;
  /** Of a moment in RFC 3339: hours, minutes, seconds. */
  clock: (timestamp: string) => string;
  list: (items: readonly string[]) => string;
}

/** The words of the language that is spoken now, ready to be taken apart: `const { t, bytes } = useT()`. */
export function useT(): Say {
  const words = useWords();
  const masked = useMasked();
  return useMemo(
    () => ({
      lang: words.lang,
      t: (id, args) => masked(words.text(id, args)),
      message: (message) => masked(words.message(message)),
      number: (value, options) => words.number(value, options),
      percent: (value, digits) => words.percent(value, digits),
      bytes: (value) => words.bytes(value),
      duration: (seconds) => words.duration(seconds),
      millis: (milliseconds) => words.millis(milliseconds),
      date: (timestamp, options) => words.moment(timestamp, options),
      clock: (timestamp) => words.clock(timestamp),
      list: (items) => words.list(items),
    }),
    [words, masked],
  );
}
