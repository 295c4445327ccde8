/** What is shown where there is nothing yet, and what one could do about it. */
import Box from "@cloudscape-design/components/box";
import Icon, { type IconProps } from "@cloudscape-design/components/icon";
import type { ReactNode } from "react";
import styles from "./EmptyState.module.css";

interface EmptyStateProps {
  text: string;
  icon?: IconProps.Name;
  /** What one could do: a button. */
  children?: ReactNode;
}

export function EmptyState({ text, icon = "search", children }: EmptyStateProps) {
  return (
    <div className={styles.empty}>
      <Icon name={icon} variant="subtle" size="medium" />
      <Box color="text-body-secondary">{text}</Box>
      {children}
    </div>
  );
}
