/** The heading of a section of the start screen. */
import styles from "./SectionTitle.module.css";

export function SectionTitle({ id, children }: { id: string; children: string }) {
  return (
    <h2 id={id} className={styles.title}>
      {children}
    </h2>
  );
}
