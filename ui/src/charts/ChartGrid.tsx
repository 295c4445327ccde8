/** Charts in two columns, or in one where there is little room. */
import type { ReactNode } from "react";
import styles from "./ChartGrid.module.css";

export function ChartGrid({ children }: { children: ReactNode }) {
  return (
    <div className={styles.frame}>
      <div className={styles.grid}>{children}</div>
    </div>
  );
}
