/** What is over the page in presentation mode: a pointer that fades, a spotlight, drawing, and the black screen. */
import { useEffect, useRef, useState, type PointerEvent } from "react";
import { useT } from "../i18n/context";
import { usePresenting } from "../lab/presenting";
import styles from "./Overlay.module.css";

/** `screen` names what is shown: a drawing vanishes with it. */
export function Overlay({ screen }: { screen: string }) {
  const { tool, black, setBlack } = usePresenting();
  const { t } = useT();
  return (
    <>
      {tool === "pointer" ? <Following className={styles.pointer} testId="pointer" fading /> : null}
      {tool === "spotlight" ? <Following className={styles.spotlight} testId="spotlight" /> : null}
      {tool === "draw" ? <Drawing key={screen} /> : null}
      {black ? (
        <button type="button" className={styles.black} aria-label={t("present-black-end")} onClick={() => { setBlack(false); }} data-testid="black" autoFocus />
      ) : null}
    </>
  );
}

/** After this time without a movement, in milliseconds, the pointer fades. */
const STILL = 1500;

/** An element at the place of the mouse. */
function Following({ className, testId, fading = false }: { className: string | undefined; testId: string; fading?: boolean }) {
  const element = useRef<HTMLDivElement>(null);
  const [still, setStill] = useState(true);
  useEffect(() => {
    let timer = 0;
    const onMove = ({ clientX, clientY }: MouseEvent) => {
      element.current?.style.setProperty("--at-x", `${clientX}px`);
      element.current?.style.setProperty("--at-y", `${clientY}px`);
      setStill(false);
      window.clearTimeout(timer);
      timer = window.setTimeout(() => { setStill(true); }, STILL);
    };
    window.addEventListener("mousemove", onMove);
    return () => {
      window.clearTimeout(timer);
      window.removeEventListener("mousemove", onMove);
    };
  }, []);
  return <div ref={element} className={className} data-faded={fading && still} aria-hidden="true" data-testid={testId} />;
}

type Point = readonly [x: number, y: number];

/** Lines that are drawn over the page. */
function Drawing() {
  const [lines, setLines] = useState<readonly (readonly Point[])[]>([]);
  const drawing = useRef(false);
  const at = ({ clientX, clientY }: PointerEvent): Point => [clientX, clientY];
  return (
    <svg
      className={styles.drawing}
      aria-hidden="true"
      data-testid="drawing"
      onPointerDown={(event) => {
        drawing.current = true;
        event.currentTarget.setPointerCapture(event.pointerId);
        const start = at(event);
        setLines((before) => [...before, [start]]);
      }}
      onPointerMove={(event) => {
        if (!drawing.current) return;
        const point = at(event);
        setLines((before) => [...before.slice(0, -1), [...(before.at(-1) ?? []), point]]);
      }}
      onPointerUp={() => { drawing.current = false; }}
      onPointerCancel={() => { drawing.current = false; }}
    >
      {lines.map((line, index) => (
        <polyline key={index} points={line.map(([x, y]) => `${x},${y}`).join(" ")} />
      ))}
    </svg>
  );
}
