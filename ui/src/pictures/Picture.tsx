/** The frame of every picture: one size, a title and a description for those who do not see it, the theme's colours. */
import * as tokens from "@cloudscape-design/design-tokens";
import { useId, type CSSProperties, type ReactNode } from "react";
import { useT } from "../i18n/context";
import type { Args } from "../i18n/words";
import "./pictures.css";

interface PictureProps {
  /** The texts are `picture-<name>` and `picture-<name>-about`. */
  name: string;
  /** What the description tells of this run. */
  args?: Args;
  /** All pictures are 720 wide. */
  height?: number;
  children: ReactNode;
}

/** The same five colours as in the app's icon, from the design system's chart palette: they follow the theme. */
const palette = {
  "--pic-blue": tokens.colorChartsPaletteCategorical1,
  "--pic-teal": tokens.colorChartsPaletteCategorical3,
  "--pic-hot": tokens.colorChartsPaletteCategorical5,
  "--pic-deep": tokens.colorChartsBlue1900,
} as CSSProperties;

export function Picture({ name, args, height = 200, children }: PictureProps) {
  const { t } = useT();
  const id = useId();
  return (
    <svg
      className="lab-pic"
      viewBox={`0 0 720 ${height}`}
      role="img"
      aria-label={t(`picture-${name}`)}
      aria-describedby={`${id}d`}
      style={palette}
      data-testid={`picture-${name}`}
    >
      <desc id={`${id}d`}>{t(`picture-${name}-about`, args)}</desc>
      {children}
    </svg>
  );
}
