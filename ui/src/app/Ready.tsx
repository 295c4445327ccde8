/** On the screen once what it stands beside is. */
import { useEffect } from "react";
import { loadBegin } from "../start/parts";
import { preload } from "../steps/registry";
import { loadStepsFrame } from "./frames";
import { painted, reportReady } from "./painted";

export function Ready() {
  useEffect(() => {
    reportReady();
    void painted.then(() => {
      // They are wanted at the next click. What cannot be fetched says so when it is opened.
      for (const load of [loadBegin, loadStepsFrame]) load().catch(() => undefined);
      preload("prepare");
    });
  }, []);
  return null;
}
