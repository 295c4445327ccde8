/** The view of the page: its zoom, by keys, wheel and menu, and full screen. Presentation mode has a zoom of its own. */
import { useCallback, useEffect, useMemo, useRef } from "react";
import { commands } from "../ipc/client";
import { usePresenting } from "../lab/presenting";
import { useShortcut } from "../lab/shortcuts";
import { useLab } from "../lab/state";
import { nextLevel, presentationZoom } from "../lab/zoom";

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
  const { on: presenting } = usePresenting();
  // The screen's size is that without a zoom.
  const usual = presenting ? presentationZoom(window.screen.height) : 100;
  const zoom = (presenting ? preferences.presentationZoom : preferences.zoom) ?? usual;
  const newest = useRef(zoom);
  const applied = useRef(preferences.zoom ?? 100);
  useEffect(() => {
    newest.current = zoom;
    if (applied.current === zoom) return;
    applied.current = zoom;
    // If the page cannot be zoomed, it stays as it is; the shell has logged why.
    commands.setZoom(zoom).catch(() => undefined);
  }, [zoom]);
  const zoomTo = useCallback(
    (level: (current: number) => number) => {
      // Several keys may be pressed before the page is rendered with the first.
      const percent = level(newest.current);
      newest.current = percent;
      const stored = percent === usual ? null : percent;
      updatePreferences(presenting ? { presentationZoom: stored } : { zoom: stored });
    },
    [updatePreferences, presenting, usual],
  );
  const zoomIn = useCallback(() => { zoomTo((current) => nextLevel(current, 1)); }, [zoomTo]);
  const zoomOut = useCallback(() => { zoomTo((current) => nextLevel(current, -1)); }, [zoomTo]);
  const zoomReset = useCallback(() => { zoomTo(() => usual); }, [zoomTo, usual]);
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
