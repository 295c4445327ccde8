/** The window around the steps: top bar, step list, the step, help, transcript. */
import AppLayout from "@cloudscape-design/components/app-layout";
import { lazy, Suspense, useCallback, useEffect, useState } from "react";
import { Boundary } from "../components/Boundary";
import { Working } from "../components/Working";
import { useLanguage, useT } from "../i18n/context";
import { neighbour, PAGES, STEPS } from "../steps/registry";
import type { DialogName } from "./Dialogs";
import { HelpPane } from "./HelpPane";
import { HelpProvider, useHelpPanel } from "./help";
import { reportPainted } from "./painted";
import { RouteProvider, useRoute } from "./route";
import { useShortcut } from "./shortcuts";
import { useLab } from "./state";
import { StepList } from "./StepList";
import { TopBar } from "./TopBar";
import { useTranscript } from "./useTranscript";

const Start = lazy(() => import("../start/Start"));
const TranscriptPanel = lazy(() => import("./TranscriptPanel"));
const Notices = lazy(() => import("./Notices"));
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
  const { preferences, prefer, run, place } = useLab();
  const { at, go } = useRoute();
  const help = useHelpPanel();
  const [dialog, setDialog] = useState<DialogName | null>(null);
  const [navigationOpen, setNavigationOpen] = useState(true);
  const [panelSize, setPanelSize] = useState(280);
  const opened = place !== null;
  const transcript = useTranscript(run?.id ?? null, opened);
  const transcriptOpen = preferences.transcriptOpen && run !== null;

  useKeys({
    showShortcuts: () => { setDialog("shortcuts"); },
    toggleTranscript: () => { prefer({ transcriptOpen: !preferences.transcriptOpen }); },
  });

  const Page = at === "start" ? Start : PAGES[at];
  return (
    <>
      <a className="lab-skip" href="#content">
        {t("skip-to-content")}
      </a>
      <TopBar onDialog={setDialog} />
      <AppLayout
        headerSelector="#top-bar"
        ariaLabels={{
          navigation: t("landmark-steps"),
          navigationToggle: t("steps-open"),
          navigationClose: t("steps-close"),
          tools: t("landmark-help"),
          toolsToggle: t("help-open"),
          toolsClose: t("help-close"),
        }}
        navigationHide={at === "start"}
        navigationWidth={264}
        navigation={<StepList onChosen={go} />}
        navigationOpen={navigationOpen}
        onNavigationChange={({ detail }) => {
          // On the start screen there is none: what closes it there is not the reader.
          if (at !== "start") setNavigationOpen(detail.open);
        }}
        tools={<HelpPane />}
        toolsWidth={320}
        toolsOpen={help.open}
        onToolsChange={({ detail }) => { help.setOpen(detail.open); }}
        maxContentWidth={at === "start" ? 1120 : 1400}
        content={
          <div id="content" tabIndex={-1} data-testid={`at-${at}`}>
            <Boundary name={at}>
              <Suspense fallback={<Working />}>
                {at === "prepare" && place && place.notices.length > 0 ? <Notices notices={place.notices} /> : null}
                <Page />
                <Painted />
              </Suspense>
            </Boundary>
          </div>
        }
        {...(run === null
          ? {}
          : {
              splitPanel: (
                <Suspense fallback={null}>
                  <TranscriptPanel transcript={transcript} open={transcriptOpen} />
                </Suspense>
              ),
              splitPanelOpen: transcriptOpen,
              splitPanelSize: panelSize,
              splitPanelPreferences: { position: "bottom" as const },
              onSplitPanelToggle: ({ detail }) => { prefer({ transcriptOpen: detail.open }); },
              onSplitPanelResize: ({ detail }) => { setPanelSize(detail.size); },
            })}
      />
      {dialog === null ? null : (
        <Suspense fallback={null}>
          <Dialogs dialog={dialog} onClose={() => { setDialog(null); }} />
        </Suspense>
      )}
    </>
  );
}

/** On the screen once what it stands beside is. */
function Painted() {
  useEffect(reportPainted, []);
  return null;
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
