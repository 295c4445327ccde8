/** A sentence, with what it has between backticks as code. */
import styles from "./InlineCode.module.css";
export function InlineCode({ text }: { text: string }) {
  return text.split(/`([^`]+)`/).map((part, at) =>
    at % 2 === 1 ? (
      <code key={at} className={styles.code} translate="no">
        {part}
      </code>
    ) : (
      part
    ),
  );
}
