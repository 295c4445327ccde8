/**
 * The design system's tokens as custom properties of our own (`--lab-…`) for our style sheets. They are set on elements of the
 * themed page, so that they follow light and dark.
 */
import * as tokens from "@cloudscape-design/design-tokens";

const properties: Record<string, string> = {
  "--lab-surface": tokens.colorBackgroundContainerContent,
  "--lab-surface-header": tokens.colorBackgroundContainerHeader,
  "--lab-panel": tokens.colorBackgroundLayoutPanel,
  "--lab-page": tokens.colorBackgroundLayoutMain,
  "--lab-input": tokens.colorBackgroundInputDefault,
  "--lab-code": tokens.colorBackgroundCodeView,
  "--lab-hover": tokens.colorBackgroundDropdownItemHover,
  "--lab-selected": tokens.colorBackgroundItemSelected,
  "--lab-border-selected": tokens.colorBorderItemSelected,
  "--lab-text": tokens.colorTextBodyDefault,
  "--lab-text-secondary": tokens.colorTextBodySecondary,
  "--lab-heading": tokens.colorTextHeadingDefault,
  "--lab-accent": tokens.colorTextAccent,
  "--lab-link": tokens.colorTextLinkDefault,
  "--lab-border": tokens.colorBorderDividerDefault,
  "--lab-border-control": tokens.colorBorderInputDefault,
  "--lab-focus": tokens.colorBorderItemFocused,
  "--lab-error": tokens.colorTextStatusError,
  "--lab-warning": tokens.colorTextStatusWarning,
  "--lab-success": tokens.colorTextStatusSuccess,
  "--lab-info": tokens.colorTextStatusInfo,
  "--lab-inactive": tokens.colorTextStatusInactive,
  "--lab-error-surface": tokens.colorBackgroundStatusError,
  "--lab-warning-surface": tokens.colorBackgroundStatusWarning,
  "--lab-success-surface": tokens.colorBackgroundStatusSuccess,
  "--lab-info-surface": tokens.colorBackgroundStatusInfo,
  "--lab-progress": tokens.colorBackgroundProgressBarValueDefault,
  "--lab-progress-track": tokens.colorBackgroundProgressBarDefault,
  "--lab-severity-critical": tokens.colorBackgroundNotificationSeverityCritical,
  "--lab-severity-high": tokens.colorBackgroundNotificationSeverityHigh,
  "--lab-severity-medium": tokens.colorBackgroundNotificationSeverityMedium,
  "--lab-severity-low": tokens.colorBackgroundNotificationSeverityLow,
  "--lab-severity-informational": tokens.colorBackgroundNotificationBlue,
  "--lab-severity-untriaged": tokens.colorBackgroundNotificationSeverityNeutral,
  "--lab-mono": tokens.fontFamilyMonospace,
  "--lab-font": tokens.fontFamilyBase,
  "--lab-radius": tokens.borderRadiusContainer,
};

/** With Korean fonts: the design system's own font has no Korean characters. */
const FONTS =
  '"Open Sans", "Pretendard", "Apple SD Gothic Neo", "Malgun Gothic", "Noto Sans KR", "Noto Sans CJK KR", "Helvetica Neue", Roboto, Arial, sans-serif';

/** For everything that a terminal would show. */
const CODE_FONTS = '"SFMono-Regular", Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono", "Noto Sans Mono", monospace';

/** Sets the custom properties and the fonts on an element, for it and its descendants. */
export function applyTokens(element: HTMLElement): void {
  for (const [name, value] of Object.entries(properties)) element.style.setProperty(name, value);
  for (const [token, fonts] of [[tokens.fontFamilyBase, FONTS], [tokens.fontFamilyMonospace, CODE_FONTS]] as const) {
    const family = /^var\((--[\w-]+)/.exec(token)?.[1];
    if (family) element.style.setProperty(family, fonts);
  }
}
