/** The layout around a step: the step list, the step, help and the transcript. */
import AppLayout from "@cloudscape-design/components/app-layout";
import { lazy, Suspense, useEffect, type ComponentType } from "react";
import { ErrorBoundary } from "../components/ErrorBoundary";
import { Loading } from "../components/Loading";
import { useT } from "../i18n/context";
import type { StepId } from "../ipc/client";
import { neighbour } from "../lab/order";
import { usePresenting } from "../lab/presenting";
import { useRoute } from "../lab/route";
import { useLab } from "../lab/state";
import { StepClicker } from "../presentation/StepClicker";
import { ActionBar } from "../steps/ActionBar";
import { PAGES, preload } from "../steps/registry";
import { StepSession } from "../steps/session";
import { WithHelp } from "./HelpPane";
import { Ready } from "./Ready";
import { StepList } from "./StepList";
import { useTranscript } from "./useTranscript";

const TranscriptPanel = lazy(() => import("./TranscriptPanel"));
const Notices = lazy(() => import("./Notices"));

/** The layout as the user has changed it; kept while the start screen is shown. */
export interface FrameLayout {
  navigationOpen: boolean;
  /** The transcript's height, in CSS pixels. */
  panelSize: number;
}

interface StepsFrameProps {
  step: StepId;
  layout: FrameLayout;
  onLayoutChange: (change: Partial<FrameLayout>) => void;
}

export default function StepsFrame({ step, layout, onLayoutChange }: StepsFrameProps) {
  const { t } = useT();
  const { preferences, updatePreferences, run, backend } = useLab();
  const { go } = useRoute();
  const transcript = useTranscript(run?.id ?? null, backend !== null);
  const { on: presenting } = usePresenting();
  const transcriptOpen = preferences.transcriptOpen && !presenting;
  const Page: ComponentType = PAGES[step];
  useEffect(() => {
    const next = neighbour(step, 1);
    if (next) preload(next);
  }, [step]);
  return (
    <StepSession step={step}>
      <WithHelp hasActionBar>
        <AppLayout
          headerSelector="#top-bar"
          footerSelector="#action-bar"
          ariaLabels={{
            navigation: t("landmark-steps"),
            navigationToggle: t("steps-open"),
            navigationClose: t("steps-close"),
          }}
          navigationWidth={264}
          navigation={<StepList onChosen={go} />}
          navigationOpen={layout.navigationOpen}
          onNavigationChange={({ detail }) => { onLayoutChange({ navigationOpen: detail.open }); }}
          navigationHide={presenting}
          toolsHide
          maxContentWidth={presenting ? Number.MAX_VALUE : 1400}
          content={
            <div id="content" tabIndex={-1} data-testid={`at-${step}`}>
              <ErrorBoundary name={step}>
                <Suspense fallback={<Loading />}>
                  {step === "prepare" && backend && backend.notices.length > 0 ? <Notices notices={backend.notices} /> : null}
                  <Page />
                  <Ready />
                </Suspense>
              </ErrorBoundary>
            </div>
          }
          splitPanel={
            transcriptOpen ? (
              <Suspense fallback={null}>
                <TranscriptPanel transcript={transcript} size={layout.panelSize} />
              </Suspense>
            ) : undefined
          }
          splitPanelOpen={transcriptOpen}
          splitPanelSize={layout.panelSize}
          splitPanelPreferences={{ position: "bottom" }}
          onSplitPanelToggle={({ detail }) => { updatePreferences({ transcriptOpen: detail.open }); }}
          onSplitPanelResize={({ detail }) => { onLayoutChange({ panelSize: detail.size }); }}
        />
      </WithHelp>
      <ActionBar />
      {presenting ? <StepClicker /> : null}
    </StepSession>
  );
}
