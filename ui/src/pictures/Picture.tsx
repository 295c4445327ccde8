/** The frame of every picture: its size, an accessible title and description, and the colours of the theme. */
import * as tokens from "@cloudscape-design/design-tokens";
import { useId, type CSSProperties, type ReactNode } from "react";
import { useT } from "../i18n/context";
import type { Args } from "../i18n/localizer";
import styles from "./Picture.module.css";

interface PictureProps {
  /** The texts are `picture-<name>` and `picture-<name>-about`. */
  name: string;
  /** Variables of the description. */
  args?: Args;
  /** The width is always 720. */
  height?: number;
  children: ReactNode;
}

/** The colours of the app's icon, from the design system's chart palette, so that they follow the theme. */
const PALETTE = {
  "--picture-blue": tokens.colorChartsPaletteCategorical1,
  "--picture-teal": tokens.colorChartsPaletteCategorical3,
  "--picture-hot": tokens.colorChartsPaletteCategorical5,
  "--picture-deep": tokens.colorChartsBlue1900,
} as CSSProperties;

export function Picture({ name, args, height = 200, children }: PictureProps) {
  const { t } = useT();
  const id = useId();
  return (
    <svg
      className={styles.picture}
      viewBox={`0 0 720 ${height}`}
      role="img"
      aria-label={t(`picture-${name}`)}
      aria-describedby={`${id}d`}
      style={PALETTE}
      data-testid={`picture-${name}`}
    >
      <desc id={`${id}d`}>{t(`picture-${name}-about`, args)}</desc>
      {children}
    </svg>
  );
}
