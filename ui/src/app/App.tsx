/** The window: the top bar, and below it the start screen or a step. */
import { lazy, Suspense, useCallback, useState } from "react";
import { Loading } from "../components/Loading";
import { useLanguage, useT } from "../i18n/context";
import { HelpProvider, useHelpPanel } from "../lab/help";
import { neighbour, STEPS } from "../lab/order";
import { RouteProvider, useRoute } from "../lab/route";
import { useShortcut } from "../lab/shortcuts";
import { useLab } from "../lab/state";
import type { DialogName } from "./Dialogs";
import { loadStepsFrame } from "./lazy";
import { StartFrame } from "./StartFrame";
import type { Arrangement } from "./StepsFrame";
import { TopBar } from "./TopBar";
import styles from "./App.module.css";

const StepsFrame = lazy(loadStepsFrame);
const Dialogs = lazy(() => import("./Dialogs"));

export function App() {
  return (
    <RouteProvider>
      <HelpProvider>
        <Window />
      </HelpProvider>
    </RouteProvider>
  );
}

function Window() {
  const { t } = useT();
  const { preferences, prefer } = useLab();
  const { at } = useRoute();
  const [dialog, setDialog] = useState<DialogName | null>(null);
  const [arrangement, setArrangement] = useState<Arrangement>({ navigationOpen: true, panelSize: 280 });
  const arrange = useCallback((change: Partial<Arrangement>) => { setArrangement((before) => ({ ...before, ...change })); }, []);

  useKeys({
    showShortcuts: () => { setDialog("shortcuts"); },
    toggleTranscript: () => { prefer({ transcriptOpen: !preferences.transcriptOpen }); },
  });

  return (
    <>
      <a className={styles.skip} href="#content">
        {t("skip-to-content")}
      </a>
      <TopBar onDialog={setDialog} />
      {at === "start" ? (
        <StartFrame />
      ) : (
        <Suspense fallback={<Loading />}>
          <StepsFrame at={at} arrangement={arrangement} onArrange={arrange} />
        </Suspense>
      )}
      {dialog === null ? null : (
        <Suspense fallback={null}>
          <Dialogs dialog={dialog} onClose={() => { setDialog(null); }} />
        </Suspense>
      )}
    </>
  );
}

function useKeys({ showShortcuts, toggleTranscript }: { showShortcuts: () => void; toggleTranscript: () => void }) {
  const { at, go } = useRoute();
  const { prefer } = useLab();
  const help = useHelpPanel();
  const { words, switchTo } = useLanguage();
  const move = useCallback(
    (by: 1 | -1) => {
      const to = at === "start" ? null : neighbour(at, by);
      if (to) go(to);
    },
    [at, go],
  );
  useShortcut("next", useCallback(() => { move(1); }, [move]));
  useShortcut("previous", useCallback(() => { move(-1); }, [move]));
  useShortcut(
    "step",
    useCallback(
      (event) => {
        const step = STEPS[Number(event.code.slice("Digit".length)) - 1];
        if (step && at !== "start") go(step);
      },
      [at, go],
    ),
  );
  useShortcut("help", useCallback(() => { help.setOpen(!help.open); }, [help]));
  useShortcut("transcript", toggleTranscript);
  useShortcut("shortcuts", showShortcuts);
  useShortcut(
    "language",
    useCallback(() => {
      const language = words.lang === "ko" ? "en" : "ko";
      prefer({ language });
      void switchTo(language);
    }, [words, prefer, switchTo]),
  );
}
