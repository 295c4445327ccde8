/** The help panel at the right: the lesson's background, fetched when it is opened. */
import HelpPanel from "@cloudscape-design/components/help-panel";
import { lazy, Suspense } from "react";
import { Boundary } from "../components/Boundary";
import { useHelpPanel } from "./help";

const Topic = lazy(() => import("../help/HelpTopic"));

export function HelpPane() {
  const { topic, open } = useHelpPanel();
  if (!open) return null;
  return (
    <Boundary name={topic}>
      <Suspense fallback={<HelpPanel loading />}>
        <Topic topic={topic} />
      </Suspense>
    </Boundary>
  );
}
