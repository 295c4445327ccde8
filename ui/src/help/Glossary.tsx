/** The words of the lesson, in the order of the reader's language. */
import { useMemo } from "react";
import { useT } from "../i18n/context";
import { TERMS } from "./topics";

export function Glossary() {
  const { t, lang } = useT();
  const terms = useMemo(
    () =>
      TERMS.map((id) => ({ id, name: t(`glossary-${id}`), means: t(`glossary-${id}-means`) })).sort((a, b) =>
        a.name.localeCompare(b.name, lang),
      ),
    [t, lang],
  );
  return (
    <dl className="lab-glossary">
      {terms.map(({ id, name, means }) => (
        <div key={id}>
          <dt>{name}</dt>
          <dd>{means}</dd>
        </div>
      ))}
    </dl>
  );
}
