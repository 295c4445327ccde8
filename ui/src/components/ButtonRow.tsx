/** Buttons side by side, with short notes among them; they wrap where there is no room. */
import type { ReactNode } from "react";
import styles from "./ButtonRow.module.css";

export function ButtonRow({ children }: { children: ReactNode }) {
  return <div className={styles.row}>{children}</div>;
}
