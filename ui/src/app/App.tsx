/** The window: the top bar, and below it the start screen, the explorer or a step. Handles the keyboard shortcuts of the whole window. */
import { lazy, Suspense, useCallback, useState } from "react";
import { Loading } from "../components/Loading";
import { useLanguage, useT } from "../i18n/context";
import { STEPS } from "../ipc/client";
import { HelpProvider, useHelpPanel } from "../lab/help";
import { RouteProvider, useRoute } from "../lab/route";
import { useShortcut } from "../lab/shortcuts";
import { useLab } from "../lab/state";
import { ToastProvider } from "../lab/toast";
import type { DialogName } from "./Dialogs";
import { loadStepsFrame } from "./lazy";
import { StartFrame } from "./StartFrame";
import type { FrameLayout } from "./StepsFrame";
import { Toasts } from "./Toasts";
import { TopBar } from "./TopBar";
import { useView } from "./useView";
import styles from "./App.module.css";

const StepsFrame = lazy(loadStepsFrame);
const ExplorerFrame = lazy(() => import("./ExplorerFrame"));
const Dialogs = lazy(() => import("./Dialogs"));

export function App() {
  return (
    <RouteProvider>
      <HelpProvider>
        <ToastProvider>
          <Window />
        </ToastProvider>
      </HelpProvider>
    </RouteProvider>
  );
}

function Window() {
  const { t } = useT();
  const { preferences, updatePreferences } = useLab();
  const { page } = useRoute();
  const [dialog, setDialog] = useState<DialogName | null>(null);
  const [layout, setLayout] = useState<FrameLayout>({ navigationOpen: true, panelSize: 280 });
  const changeLayout = useCallback((change: Partial<FrameLayout>) => { setLayout((before) => ({ ...before, ...change })); }, []);

  const view = useView();
  useKeys({
    showShortcuts: () => { setDialog("shortcuts"); },
    toggleTranscript: () => { updatePreferences({ transcriptOpen: !preferences.transcriptOpen }); },
  });

  return (
    <>
      <a className={styles.skip} href="#content">
        {t("skip-to-content")}
      </a>
      <TopBar view={view} onDialog={setDialog} />
      {page === "start" ? (
        <StartFrame />
      ) : page === "explorer" ? (
        <Suspense fallback={<Loading />}>
          <ExplorerFrame />
        </Suspense>
      ) : (
        <Suspense fallback={<Loading />}>
          <StepsFrame step={page} layout={layout} onLayoutChange={changeLayout} />
        </Suspense>
      )}
      <Toasts />
      {dialog === null ? null : (
        <Suspense fallback={null}>
          <Dialogs dialog={dialog} onClose={() => { setDialog(null); }} />
        </Suspense>
      )}
    </>
  );
}

function useKeys({ showShortcuts, toggleTranscript }: { showShortcuts: () => void; toggleTranscript: () => void }) {
  const { page, go } = useRoute();
  const { updatePreferences } = useLab();
  const help = useHelpPanel();
  const { localizer, switchTo } = useLanguage();
  useShortcut(
    "step",
    useCallback(
      (event) => {
        const step = STEPS[Number(event.code.slice("Digit".length)) - 1];
        if (step && page !== "start" && page !== "explorer") go(step);
      },
      [page, go],
    ),
  );
  useShortcut("help", useCallback(() => { help.setOpen(!help.open); }, [help]));
  useShortcut("transcript", toggleTranscript);
  useShortcut("shortcuts", showShortcuts);
  useShortcut(
    "language",
    useCallback(() => {
      const language = localizer.lang === "ko" ? "en" : "ko";
      updatePreferences({ language });
      void switchTo(language);
    }, [localizer, updatePreferences, switchTo]),
  );
}
