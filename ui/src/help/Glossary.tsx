/** The terms of the lesson and their definitions, sorted for the current language. */
import { useMemo } from "react";
import { useT } from "../i18n/context";
import { TERMS } from "./topics";
import styles from "./Glossary.module.css";

export function Glossary() {
  const { t, lang } = useT();
  const terms = useMemo(
    () =>
      TERMS.map((id) => ({ id, name: t(`glossary-${id}`), definition: t(`glossary-${id}-means`) })).sort((a, b) =>
        a.name.localeCompare(b.name, lang),
      ),
    [t, lang],
  );
  return (
    <dl className={styles.glossary}>
      {terms.map(({ id, name, definition }) => (
        <div key={id}>
          <dt>{name}</dt>
          <dd>{definition}</dd>
        </div>
      ))}
    </dl>
  );
}
