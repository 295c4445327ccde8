/** The columns that fit into a table's frame, which changes with the window and with what is open beside it. */
import { useLayoutEffect, useMemo, useState, type RefObject } from "react";
import type { View } from "../ipc/client";
import { fittingColumns } from "./columns";

export function useFitting(frame: RefObject<HTMLElement | null>, view: View): ReadonlySet<string> {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) return;
    const update = () => { setWidth(element.clientWidth); };
    update();
    const observer = new ResizeObserver(update);
    observer.observe(element);
    return () => { observer.disconnect(); };
  }, [frame]);
  // As text: the same columns are the same set, whatever the exact width is.
  const ids = fittingColumns(view, width).join(" ");
  return useMemo(() => new Set(ids.split(" ")), [ids]);
}
