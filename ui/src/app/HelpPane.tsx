/** The help panel at the right: the lesson's background, fetched when it is opened. */
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
