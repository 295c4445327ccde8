/** A sentence whose parts between backticks are shown as code. */
import styles from "./InlineCode.module.css";
export function InlineCode({ text }: { text: string }) {
  return text.split(/`([^`]+)`/).map((part, index) =>
    index % 2 === 1 ? (
      <code key={index} className={styles.code} translate="no">
        {part}
      </code>
    ) : (
      part
    ),
  );
}
