/** The window around a step: the step list, the step, help, transcript. */
import AppLayout from "@cloudscape-design/components/app-layout";
import { lazy, Suspense, useEffect, type ComponentType } from "react";
import { ErrorBoundary } from "../components/ErrorBoundary";
import { Loading } from "../components/Loading";
import { useT } from "../i18n/context";
import type { StepId } from "../ipc/client";
import { useHelpPanel } from "../lab/help";
import { neighbour } from "../lab/order";
import { useRoute } from "../lab/route";
import { useLab } from "../lab/state";
import { PAGES, preload } from "../steps/registry";
import { HelpPane } from "./HelpPane";
import { Ready } from "./Ready";
import { StepList } from "./StepList";
import { useTranscript } from "./useTranscript";

const TranscriptPanel = lazy(() => import("./TranscriptPanel"));
const Notices = lazy(() => import("./Notices"));

/** What of the frame was moved: kept while the start screen is shown. */
export interface Arrangement {
  navigationOpen: boolean;
  /** The transcript's height, in CSS pixels. */
  panelSize: number;
}

interface StepsFrameProps {
  at: StepId;
  arrangement: Arrangement;
  onArrange: (change: Partial<Arrangement>) => void;
}

export default function StepsFrame({ at, arrangement, onArrange }: StepsFrameProps) {
  const { t } = useT();
  const { preferences, prefer, run, place } = useLab();
  const { go } = useRoute();
  const help = useHelpPanel();
  const transcript = useTranscript(run?.id ?? null, place !== null);
  const Page: ComponentType = PAGES[at];
  useEffect(() => {
    const next = neighbour(at, 1);
    if (next) preload(next);
  }, [at]);
  return (
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
      navigationWidth={264}
      navigation={<StepList onChosen={go} />}
      navigationOpen={arrangement.navigationOpen}
      onNavigationChange={({ detail }) => { onArrange({ navigationOpen: detail.open }); }}
      tools={<HelpPane />}
      toolsWidth={320}
      toolsOpen={help.open}
      onToolsChange={({ detail }) => { help.setOpen(detail.open); }}
      maxContentWidth={1400}
      content={
        <div id="content" tabIndex={-1} data-testid={`at-${at}`}>
          <ErrorBoundary name={at}>
            <Suspense fallback={<Loading />}>
              {at === "prepare" && place && place.notices.length > 0 ? <Notices notices={place.notices} /> : null}
              <Page />
              <Ready />
            </Suspense>
          </ErrorBoundary>
        </div>
      }
      splitPanel={
        <Suspense fallback={null}>
          <TranscriptPanel transcript={transcript} open={preferences.transcriptOpen} size={arrangement.panelSize} />
        </Suspense>
      }
      splitPanelOpen={preferences.transcriptOpen}
      splitPanelSize={arrangement.panelSize}
      splitPanelPreferences={{ position: "bottom" }}
      onSplitPanelToggle={({ detail }) => { prefer({ transcriptOpen: detail.open }); }}
      onSplitPanelResize={({ detail }) => { onArrange({ panelSize: detail.size }); }}
    />
  );
}
