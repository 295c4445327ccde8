/** The words of all languages. Those of the window's language are known at once, the others when they are loaded. */
import { useEffect, useState } from "react";
import { useLocalizer } from "../i18n/context";
import { Localizer } from "../i18n/localizer";
import { Vocabulary } from "./vocabulary";

const LANGUAGES = ["ko", "en"] as const;

export function useVocabulary(): Vocabulary {
  const localizer = useLocalizer();
  const [vocabulary, setVocabulary] = useState(() => new Vocabulary([localizer]));
  useEffect(() => {
    let gone = false;
    const others = LANGUAGES.filter((lang) => lang !== localizer.lang).map((lang) => Localizer.load(lang));
    // The files are part of the program; without them, the words of one language remain.
    Promise.all(others).then(
      (loaded) => {
        if (!gone) setVocabulary(new Vocabulary([localizer, ...loaded]));
      },
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, [localizer]);
  return vocabulary;
}
