/** The window: the top bar, and below it the start screen, the explorer or a step. Handles the keyboard shortcuts of the whole window. */
import { lazy, Suspense, useCallback, useState } from "react";
import { Loading } from "../components/Loading";
import { useLanguage, useT } from "../i18n/context";
import { STEPS } from "../ipc/client";
import { HelpProvider, useHelpPanel } from "../lab/help";
import { PresentingProvider, usePresenting } from "../lab/presenting";
import { RouteProvider, useRoute } from "../lab/route";
import { useShortcut } from "../lab/shortcuts";
import { useLab } from "../lab/state";
import { ToastProvider } from "../lab/toast";
import type { DialogName } from "./Dialogs";
import { ModeBadge } from "./ModeBadge";
import { ClockBadge } from "./ClockBadge";
import { loadStepsFrame } from "./lazy";
import { StartFrame } from "./StartFrame";
import type { FrameLayout } from "./StepsFrame";
import { Toasts } from "./Toasts";
import { TopBar } from "./TopBar";
import { useView } from "./useView";
import styles from "./App.module.css";

const StepsFrame = lazy(loadStepsFrame);
const ExplorerFrame = lazy(() => import("./ExplorerFrame"));
const Presentation = lazy(() => import("../presentation/Presentation"));
const Calibration = lazy(() => import("../presentation/Calibration"));
const Dialogs = lazy(() => import("./Dialogs"));

export function App() {
  return (
    <PresentingProvider>
      <RouteProvider>
        <HelpProvider>
          <ToastProvider>
            <Window />
          </ToastProvider>
        </HelpProvider>
      </RouteProvider>
    </PresentingProvider>
  );
}

function Window() {
  const { t } = useT();
  const { preferences, updatePreferences } = useLab();
  const { page } = useRoute();
  const isStep = page !== "start" && page !== "explorer";
  const [dialog, setDialog] = useState<DialogName | "calibrate" | null>(null);
  const closeDialog = () => { setDialog(null); };
  const [layout, setLayout] = useState<FrameLayout>({ navigationOpen: true, panelSize: 280 });
  const changeLayout = useCallback((change: Partial<FrameLayout>) => { setLayout((before) => ({ ...before, ...change })); }, []);

  const presenting = usePresenting();
  const view = useView();
  useKeys({
    showShortcuts: () => { setDialog("shortcuts"); },
    toggleTranscript: () => { updatePreferences({ transcriptOpen: !preferences.transcriptOpen }); },
  });
  useShortcut("present", () => { presenting.present(!presenting.on); });

  return (
    <>
      <a className={styles.skip} href="#content">
        {t("skip-to-content")}
      </a>
      {presenting.on ? (
        <Suspense fallback={null}>
          <Presentation
            screen={isStep ? `${page} ${presenting.screenOf(page)}` : page}
            hasClicker={isStep}
            onCalibrate={() => { setDialog("calibrate"); }}
          >
            <ModeBadge />
            <ClockBadge />
          </Presentation>
        </Suspense>
      ) : (
        <TopBar
          view={view}
          onDialog={setDialog}
          onCalibrate={() => {
            presenting.present(true);
            setDialog("calibrate");
          }}
        />
      )}
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
          {dialog === "calibrate" ? (
            <Calibration zoom={view.zoom} onLarger={view.zoomIn} onSmaller={view.zoomOut} onUsual={view.zoomReset} onClose={closeDialog} />
          ) : (
            <Dialogs dialog={dialog} onClose={closeDialog} />
          )}
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
  const { on: presenting } = usePresenting();
  // Neither is shown while presenting.
  useShortcut("help", useCallback(() => { if (!presenting) help.setOpen(!help.open); }, [help, presenting]));
  useShortcut("transcript", () => { if (!presenting) toggleTranscript(); });
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
