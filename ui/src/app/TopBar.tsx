/** The bar at the top, always visible: title, mode and account, language, theme, menu. */
import Button from "@cloudscape-design/components/button";
import { lazy, Suspense } from "react";
import { Logo } from "../components/Logo";
import { useLanguage, useT } from "../i18n/context";
import { painted } from "../lab/painted";
import { useHelpPanel } from "../lab/help";
import { useRoute } from "../lab/route";
import { useLab } from "../lab/state";
import { useTheme } from "../theme/theme";
import { applyTokens } from "../theme/tokens";
import { ClockBadge } from "./ClockBadge";
import { ModeBadge } from "./ModeBadge";
import type { MenuProps } from "./Menu";
import styles from "./TopBar.module.css";
import { classNames } from "../theme/classNames";

// Only needed after a click, so it is fetched after the first paint; a button keeps its place until then.
const Menu = lazy(() => painted.then(() => import("./Menu")));

function setBarTokens(bar: HTMLElement | null): void {
  if (bar) applyTokens(bar);
}

export function TopBar(menu: MenuProps) {
  const { t } = useT();
  const { updatePreferences } = useLab();
  const { localizer, switchTo } = useLanguage();
  const { shown, choose } = useTheme();
  const { go } = useRoute();
  const help = useHelpPanel();
  const other = localizer.lang === "ko" ? "en" : "ko";
  return (
    // The bar is dark in both themes, so it has other token values than the page.
    <header ref={setBarTokens} id="top-bar" className={classNames(styles.bar, "awsui-context-top-navigation")}>
      <div className={styles.inner}>
        <a
          className={styles.identity}
          href="#start"
          onClick={(event) => {
            event.preventDefault();
            go("start");
          }}
          data-testid="home"
        >
          <Logo size={28} />
          <span>{t("app-title")}</span>
        </a>
        <ModeBadge />
        <ClockBadge />
        <div className={styles.tools}>
          <Button
            variant="link"
            iconName="globe"
            ariaLabel={t("language-switch")}
            onClick={() => {
              updatePreferences({ language: other });
              void switchTo(other);
            }}
            data-testid="language"
          >
            <span lang={other}>{t("language-other")}</span>
          </Button>
          <Button
            variant="icon"
            iconName="light-dark"
            ariaLabel={t(shown === "dark" ? "theme-to-light" : "theme-to-dark")}
            onClick={() => {
              const theme = shown === "dark" ? "light" : "dark";
              choose(theme);
              updatePreferences({ theme });
            }}
            data-testid="theme"
          />
          <Button
            variant="link"
            iconName="status-info"
            ariaExpanded={help.open}
            onClick={() => { help.setOpen(!help.open); }}
            data-testid="help-toggle"
          >
            {t("help")}
          </Button>
          <Suspense fallback={<Button variant="icon" iconName="ellipsis" ariaLabel={t("menu")} />}>
            <Menu {...menu} />
          </Suspense>
        </div>
      </div>
    </header>
  );
}
