/** The current colours of the design system, for charts: they follow the theme. */
import * as tokens from "@cloudscape-design/design-tokens";
import { useEffect, useState } from "react";
import type { Severity } from "../ipc/client";
import { usePresenting } from "../lab/presenting";
import { useTheme } from "../theme/theme";

export interface Palette {
  text: string;
  secondary: string;
  line: string;
  surface: string;
  raised: string;
  accent: string;
  good: string;
  bad: string;
  neutral: string;
  info: string;
  font: string;
  /** The size of texts, in pixels. What is drawn beside texts grows with them: see {@link scaled}. */
  size: number;
  severity: Record<Severity, string>;
}

/** The size of texts in a chart on the page, and the one for which charts are measured out. */
const SIZE = 12;

/** While presenting, when the whole page is larger too. */
const PRESENTED_SIZE = 14;

/** A length that goes with texts of the usual size, in proportion to the size that they have. */
export function scaled(palette: Palette, length: number): number {
  return Math.round((length * palette.size) / SIZE);
}

/** The palette of the current theme; null until it has been read. */
export function usePalette(): Palette | null {
  const { shown } = useTheme();
  const size = useTextSize();
  const [palette, setPalette] = useState<Palette | null>(null);
  useEffect(() => {
    // The theme sets the CSS variables before this effect runs.
    // eslint-disable-next-line react-hooks/set-state-in-effect -- read from the page, which has them only now
    setPalette(readPalette(size));
  }, [shown, size]);
  return palette;
}

function useTextSize(): number {
  return usePresenting().on ? PRESENTED_SIZE : SIZE;
}

/** How much larger texts on the page are than those for which charts are measured out. */
export function useTextScale(): number {
  return useTextSize() / SIZE;
}

function readPalette(size: number): Palette {
  const probe = document.createElement("span");
  probe.hidden = true;
  document.body.append(probe);
  const colour = (token: string): string => {
    probe.style.color = token;
    return getComputedStyle(probe).color;
  };
  const palette: Palette = {
    text: colour(tokens.colorTextBodyDefault),
    secondary: colour(tokens.colorTextBodySecondary),
    line: colour(tokens.colorChartsLineGrid),
    surface: colour(tokens.colorBackgroundContainerContent),
    raised: colour(tokens.colorBackgroundPopover),
    accent: colour(tokens.colorTextAccent),
    good: colour(tokens.colorChartsStatusPositive),
    bad: colour(tokens.colorChartsStatusHigh),
    neutral: colour(tokens.colorChartsStatusNeutral),
    info: colour(tokens.colorChartsStatusInfo),
    // ECharts writes it into an attribute without escaping.
    font: getComputedStyle(document.body).fontFamily.replaceAll('"', "'"),
    size,
    severity: {
      CRITICAL: colour(tokens.colorBackgroundNotificationSeverityCritical),
      HIGH: colour(tokens.colorBackgroundNotificationSeverityHigh),
      MEDIUM: colour(tokens.colorBackgroundNotificationSeverityMedium),
      LOW: colour(tokens.colorBackgroundNotificationSeverityLow),
      INFORMATIONAL: colour(tokens.colorBackgroundNotificationBlue),
      UNTRIAGED: colour(tokens.colorBackgroundNotificationSeverityNeutral),
    },
  };
  probe.remove();
  return palette;
}
