/** The words at hand, and switching the language at once. */
import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import type { Lang } from "../ipc/bindings";
import { Words } from "./words";

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
  useEffect(() => {
    document.documentElement.lang = words.lang;
    document.title = words.text("app-title");
  }, [words]);
  const language = useMemo(() => ({ words, switchTo }), [words, switchTo]);
  return <LanguageContext value={language}>{children}</LanguageContext>;
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
