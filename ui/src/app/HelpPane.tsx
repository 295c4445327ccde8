/** The help panel at the right: the lesson's background, fetched when it is opened. */
import { lazy, Suspense } from "react";
import { Boundary } from "../components/Boundary";
import { Working } from "../components/Working";
import { useHelpPanel } from "../lab/help";

const Topic = lazy(() => import("../help/HelpTopic"));

export function HelpPane() {
  const { topic, open } = useHelpPanel();
  if (!open) return null;
  return (
    <Boundary name={topic}>
      <Suspense fallback={<Working />}>
        <Topic topic={topic} />
      </Suspense>
    </Boundary>
  );
}
