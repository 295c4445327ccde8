/** The view of the page: its zoom, by keys, wheel and menu, and full screen. */
import { useCallback, useEffect, useMemo, useRef } from "react";
import { commands } from "../ipc/client";
import { useShortcut } from "../lab/shortcuts";
import { useLab } from "../lab/state";
import { nextLevel } from "../lab/zoom";

export interface View {
  /** The zoom, in percent. */
  zoom: number;
  zoomIn: () => void;
  zoomOut: () => void;
  zoomReset: () => void;
  toggleFullScreen: () => void;
}

/** The distance by which a wheel is turned for one level: a notch of a mouse. A touchpad sends many smaller ones. */
const NOTCH = 50;

export function useView(): View {
  const { preferences, updatePreferences } = useLab();
  const zoom = preferences.zoom ?? 100;
  // Several keys may be pressed before the page is rendered with the first.
  const newest = useRef(zoom);
  const zoomTo = useCallback(
    (percent: number) => {
      if (percent === newest.current) return;
      newest.current = percent;
      updatePreferences({ zoom: percent });
      // If the page cannot be zoomed, it stays as it is; the shell has logged why.
      commands.setZoom(percent).catch(() => undefined);
    },
    [updatePreferences],
  );
  const zoomIn = useCallback(() => { zoomTo(nextLevel(newest.current, 1)); }, [zoomTo]);
  const zoomOut = useCallback(() => { zoomTo(nextLevel(newest.current, -1)); }, [zoomTo]);
  const zoomReset = useCallback(() => { zoomTo(100); }, [zoomTo]);
  useShortcut("zoom-in", zoomIn);
  useShortcut("zoom-out", zoomOut);
  useShortcut("zoom-reset", zoomReset);
  useShortcut("full-screen", toggleFullScreen);
  useZoomByWheel(zoomIn, zoomOut);
  return useMemo(() => ({ zoom, zoomIn, zoomOut, zoomReset, toggleFullScreen }), [zoom, zoomIn, zoomOut, zoomReset]);
}

/** Zooms by the wheel while Ctrl is held. */
function useZoomByWheel(zoomIn: () => void, zoomOut: () => void): void {
  useEffect(() => {
    let turned = 0;
    const onWheel = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      turned = Math.sign(turned) === -Math.sign(event.deltaY) ? event.deltaY : turned + event.deltaY;
      if (Math.abs(turned) < NOTCH) return;
      if (turned < 0) zoomIn();
      else zoomOut();
      turned = 0;
    };
    window.addEventListener("wheel", onWheel, { passive: false });
    return () => { window.removeEventListener("wheel", onWheel); };
  }, [zoomIn, zoomOut]);
}

/** Asks first: a desktop can end full screen without the page. */
function toggleFullScreen(): void {
  commands.isFullScreen().then((full) => commands.setFullScreen(!full)).catch(() => undefined);
}
