/** The view of a step's results that is open; kept while the run is. */
import { useRun, useViewState } from "../lab/state";

interface View<T extends string> {
  view: T;
  setView: (view: string) => void;
}

/** `views`: the first is open at first. */
export function useView<T extends string>(name: string, views: readonly [T, ...T[]]): View<T> {
  const { id } = useRun();
  const [stored, setStored] = useViewState(`view-${name}`);
  const view = views.find((view) => stored === `${id} ${view}`) ?? views[0];
  return { view, setView: (view) => { setStored(`${id} ${view}`); } };
}
