/** The help panel on the right: background on the current topic. Its text is fetched when the panel is opened. */
import { lazy, Suspense } from "react";
import { ErrorBoundary } from "../components/ErrorBoundary";
import { Loading } from "../components/Loading";
import { useHelpPanel } from "../lab/help";

const Topic = lazy(() => import("../help/HelpTopic"));

export function HelpPane() {
  const { topic, open } = useHelpPanel();
  if (!open) return null;
  return (
    <ErrorBoundary name={topic}>
      <Suspense fallback={<Loading />}>
        <Topic topic={topic} />
      </Suspense>
    </ErrorBoundary>
  );
}
