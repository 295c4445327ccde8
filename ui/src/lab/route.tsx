/** Where the reader is: the start screen, or a step. In memory; the last one is remembered. */
import { createContext, useCallback, useContext, useMemo, useState, type ReactNode } from "react";
import type { RunInfo, StepId } from "../ipc/client";
import { STEPS } from "./order";
import { useLab, useViewState } from "./state";

export type Page = "start" | StepId;

interface Route {
  at: Page;
  go: (to: Page) => void;
}

const RouteContext = createContext<Route | null>(null);

export function RouteProvider({ children }: { children: ReactNode }) {
  const { run, place } = useLab();
  const [remembered, remember] = useViewState("step");
  const [wanted, setWanted] = useState<Page>(() => (run ? stepToResume(run, remembered) : "start"));
  const at = run && place ? wanted : "start";
  const go = useCallback(
    (to: Page) => {
      setWanted(to);
      if (to !== "start" && run) remember(`${run.id} ${to}`);
    },
    [remember, run],
  );
  const route = useMemo(() => ({ at, go }), [at, go]);
  return <RouteContext value={route}>{children}</RouteContext>;
}

export function useRoute(): Route {
  const route = useContext(RouteContext);
  if (!route) throw new Error("RouteProvider is missing");
  return route;
}

/** The step that was open last in this run; else the first that is not done. */
export function stepToResume(run: RunInfo, remembered: string | null): StepId {
  const [id, step] = remembered?.split(" ") ?? [];
  const known = STEPS.find((known) => known === step);
  if (id === run.id && known) return known;
  return run.steps.find((record) => record.state !== "done")?.id ?? "cleanup";
}
