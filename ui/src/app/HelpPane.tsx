/** The help panel at the right of the window: beside the page, or over it where there is little room. Its texts are fetched when it is opened. */
import Button from "@cloudscape-design/components/button";
import { lazy, Suspense, useEffect, useRef, type ReactNode } from "react";
import { ErrorBoundary } from "../components/ErrorBoundary";
import { Loading } from "../components/Loading";
import { useT } from "../i18n/context";
import { useHelpPanel } from "../lab/help";
import { usePresenting } from "../lab/presenting";
import styles from "./HelpPane.module.css";

const Topic = lazy(() => import("../help/HelpTopic"));

/** A page with help beside it, if help is open; a room sees the page alone. `hasActionBar`: the page ends in one, which help does not cover. */
export function WithHelp({ hasActionBar = false, children }: { hasActionBar?: boolean; children: ReactNode }) {
  const help = useHelpPanel();
  const { on: presenting } = usePresenting();
  const open = help.open && !presenting;
  return (
    <>
      <div className={styles.page} data-help={open}>
        {children}
      </div>
      {open ? <HelpPane hasActionBar={hasActionBar} /> : null}
    </>
  );
}

function HelpPane({ hasActionBar }: { hasActionBar: boolean }) {
  const { t } = useT();
  const { topic, back, setOpen } = useHelpPanel();
  const body = useRef<HTMLDivElement>(null);
  useEffect(() => {
    body.current?.scrollTo({ top: 0 });
  }, [topic]);
  return (
    <aside className={styles.pane} data-action-bar={hasActionBar} aria-label={t("landmark-help")} data-testid="help">
      <header>
        {back ? (
          <Button variant="icon" iconName="arrow-left" ariaLabel={t("help-back")} onClick={back} data-testid="help-back" />
        ) : null}
        <h2>{t(`help-${topic}-title`)}</h2>
        <Button variant="icon" iconName="close" ariaLabel={t("help-close")} onClick={() => { setOpen(false); }} data-testid="help-close" />
      </header>
      <div ref={body} className={styles.body} tabIndex={0} role="region" aria-label={t(`help-${topic}-title`)}>
        <ErrorBoundary name={topic}>
          <Suspense fallback={<Loading />}>
            <Topic topic={topic} />
          </Suspense>
        </ErrorBoundary>
      </div>
    </aside>
  );
}
