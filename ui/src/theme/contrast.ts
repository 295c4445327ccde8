/** The colours of presentation mode: every text has a contrast of at least 7:1, which a projector in a bright room needs. */
import * as tokens from "@cloudscape-design/design-tokens";
import type { Theme } from "../ipc/bindings";

/** Token, and its colour in the light and in the dark theme. */
type Colour = readonly [token: string, light: string, dark: string];

const TEXT = ["#0f141a", "#f9f9fa"] as const;
const QUIET = ["#333843", "#ebebf0"] as const;
const LINK = ["#003d82", "#75cfff"] as const;
const LINE = ["#656871", "#8c8c94"] as const;

const COLOURS: readonly Colour[] = [
  [tokens.colorTextBodyDefault, ...TEXT],
  [tokens.colorTextHeadingDefault, ...TEXT],
  [tokens.colorTextFormDefault, ...TEXT],
  [tokens.colorTextLabel, ...TEXT],
  [tokens.colorTextBodySecondary, ...QUIET],
  [tokens.colorTextHeadingSecondary, ...QUIET],
  [tokens.colorTextFormSecondary, ...QUIET],
  [tokens.colorTextGroupLabel, ...QUIET],
  [tokens.colorTextCounter, ...QUIET],
  [tokens.colorTextEmpty, ...QUIET],
  [tokens.colorTextInputPlaceholder, ...QUIET],
  [tokens.colorTextDropdownItemSecondary, ...QUIET],
  [tokens.colorTextBreadcrumbCurrent, ...QUIET],
  [tokens.colorTextInteractiveDefault, ...QUIET],
  [tokens.colorTextSegmentDefault, ...QUIET],
  [tokens.colorTextStatusInactive, ...QUIET],
  [tokens.colorTextAccent, ...LINK],
  [tokens.colorTextLinkDefault, ...LINK],
  [tokens.colorTextLinkSecondaryDefault, ...LINK],
  [tokens.colorTextLinkInfoDefault, ...LINK],
  [tokens.colorTextButtonNormalDefault, ...LINK],
  [tokens.colorTextButtonLinkDefault, ...LINK],
  [tokens.colorTextButtonInlineIconDefault, ...LINK],
  [tokens.colorTextStatusInfo, ...LINK],
  [tokens.colorBackgroundButtonPrimaryDefault, ...LINK],
  [tokens.colorBackgroundSegmentActive, ...LINK],
  [tokens.colorBackgroundNotificationBlue, "#003d82", "#003d82"],
  [tokens.colorBackgroundNotificationGreen, "#00521d", "#00521d"],
  [tokens.colorBackgroundNotificationGrey, "#333843", "#424650"],
  [tokens.colorBackgroundNotificationRed, "#960000", "#960000"],
  [tokens.colorTextStatusError, "#960000", "#ffb3b0"],
  [tokens.colorTextStatusWarning, "#5c3d00", "#fbd332"],
  [tokens.colorTextStatusSuccess, "#00521d", "#7be082"],
  [tokens.colorTextButtonNormalDisabled, ...QUIET],
  [tokens.colorTextButtonPrimaryDisabled, ...QUIET],
  [tokens.colorTextInteractiveDisabled, ...QUIET],
  [tokens.colorBorderDividerDefault, ...LINE],
  [tokens.colorChartsLineGrid, ...LINE],
  [tokens.colorChartsStatusPositive, "#176702", "#8fca61"],
  [tokens.colorChartsStatusHigh, "#a82a0c", "#ffa09e"],
  [tokens.colorChartsStatusInfo, "#015b9d", "#63c6e7"],
];

/** Sets the colours on an element of the themed page; `null` takes them back. */
export function applyContrast(element: HTMLElement, theme: Theme | null): void {
  for (const [token, light, dark] of COLOURS) {
    const property = /^var\((--[\w-]+)/.exec(token)?.[1];
    if (property === undefined) continue;
    if (theme === null) element.style.removeProperty(property);
    else element.style.setProperty(property, theme === "dark" ? dark : light);
  }
}
