/** What presentation mode adds to every page: the bar at the top, what is over the page, and the presenter's keys. */
import type { ReactNode } from "react";
import { Overlay } from "./Overlay";
import { PresentationBar } from "./PresentationBar";
import { PresentationKeys } from "./PresentationKeys";

interface PresentationProps {
  /** Names what is shown: a drawing vanishes with it. */
  screen: string;
  /** Whether the page has a clicker of its own. */
  hasClicker: boolean;
  onCalibrate: () => void;
  /** The badges of the bar. */
  children: ReactNode;
}

export default function Presentation({ screen, hasClicker, onCalibrate, children }: PresentationProps) {
  return (
    <>
      <PresentationBar onCalibrate={onCalibrate}>{children}</PresentationBar>
      <Overlay screen={screen} />
      {hasClicker ? null : <PresentationKeys />}
    </>
  );
}
