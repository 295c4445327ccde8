/** The page that is shown: the start screen, the explorer, or a step. Kept in memory; the last step is also kept in the preferences. */
import { createContext, useCallback, useContext, useMemo, useState, type ReactNode } from "react";
import { STEPS, type RunInfo, type StepId } from "../ipc/client";
import { useLab, useViewState } from "./state";

export type Page = "start" | "explorer" | StepId;

interface Route {
  page: Page;
  go: (to: Page) => void;
  /** Leaves the explorer: to the step from which it was opened, or to the start screen where no run is open. */
  leaveExplorer: () => void;
}

const RouteContext = createContext<Route | null>(null);

export function RouteProvider({ children }: { children: ReactNode }) {
  const { run, backend } = useLab();
  const [remembered, setRemembered] = useViewState("step");
  const [requested, setRequested] = useState<Page>(() => (run ? stepToResume(run, remembered) : "start"));
  // The explorer needs no run.
  const page = requested === "explorer" || (run && backend) ? requested : "start";
  const go = useCallback(
    (to: Page) => {
      setRequested(to);
      if (to !== "start" && to !== "explorer" && run) setRemembered(`${run.id} ${to}`);
    },
    [setRemembered, run],
  );
  const leaveExplorer = useCallback(() => { setRequested(run ? stepToResume(run, remembered) : "start"); }, [run, remembered]);
  const route = useMemo(() => ({ page, go, leaveExplorer }), [page, go, leaveExplorer]);
  return <RouteContext value={route}>{children}</RouteContext>;
}

export function useRoute(): Route {
  const route = useContext(RouteContext);
  if (!route) throw new Error("RouteProvider is missing");
  return route;
}

/** The step that was open last in this run, otherwise the first one that is not done. */
export function stepToResume(run: RunInfo, remembered: string | null): StepId {
  const [id, step] = remembered?.split(" ") ?? [];
  const lastStep = STEPS.find((id) => id === step);
  if (id === run.id && lastStep) return lastStep;
  return run.steps.find((record) => record.state !== "done")?.id ?? "cleanup";
}
