/** Shown in place of empty content: an icon, a sentence and, if there is one, an action. */
import Box from "@cloudscape-design/components/box";
import Icon, { type IconProps } from "@cloudscape-design/components/icon";
import type { ReactNode } from "react";
import styles from "./EmptyState.module.css";

interface EmptyStateProps {
  text: string;
  icon?: IconProps.Name;
  /** An action: a button. */
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
