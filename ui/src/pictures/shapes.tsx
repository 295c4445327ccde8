/** The shapes that all pictures are composed of. */
import { classNames } from "../theme/classNames";
import styles from "./shapes.module.css";

interface Position {
  x: number;
  y: number;
}

interface LabelProps extends Position {
  text: string;
  tone?: "plain" | "quiet" | "accent" | "good";
  size?: number;
  anchor?: "start" | "middle" | "end";
  /** For names of resources, in the typeface of code. */
  mono?: boolean;
  strong?: boolean;
}

export function Label({ x, y, text, tone = "plain", size = 14, anchor = "middle", mono = false, strong = false }: LabelProps) {
  const className = classNames(styles.text, mono && styles.mono, strong && styles.strong);
  return (
    <text x={x} y={y} textAnchor={anchor} fontSize={size} className={className} data-tone={tone} {...(mono ? { translate: "no" as const } : {})}>
      {text}
    </text>
  );
}

interface LayersProps extends Position {
  /** The width; the height is two thirds of it. */
  width?: number;
  /** Marks a layer with a vulnerability. */
  vulnerable?: boolean;
  /** Draws outlines only: the image was deleted. */
  deleted?: boolean;
}

/** A container image: three layers, seen from above. `x`, `y` are the center. */
export function Layers({ x, y, width = 72, vulnerable = false, deleted = false }: LayersProps) {
  const halfWidth = width / 2;
  const halfHeight = width / 4;
  const gap = width * 0.2;
  const rhombus = (centerY: number) =>
    `M${x} ${centerY - halfHeight}L${x + halfWidth} ${centerY}L${x} ${centerY + halfHeight}L${x - halfWidth} ${centerY}Z`;
  const layers = [styles.bottom, vulnerable ? styles.vulnerable : styles.middle, styles.top];
  return (
    <g className={styles.layers}>
      {layers.map((layer, index) => (
        <path key={layer} className={deleted ? styles.outline : layer} d={rhombus(y + (1 - index) * gap)} />
      ))}
    </g>
  );
}

/** A magnifying glass: what is under it is scanned. `x`, `y` are the center of the glass. */
export function Magnifier({ x, y, radius = 44 }: Position & { radius?: number }) {
  const edge = radius * 0.7071;
  const end = edge + radius * 0.55;
  return (
    <g className={styles.magnifier}>
      <line x1={x + edge} y1={y + edge} x2={x + end} y2={y + end} strokeWidth={radius * 0.24} />
      <circle cx={x} cy={y} r={radius} strokeWidth={radius * 0.12} />
    </g>
  );
}

interface BoxProps extends Position {
  width: number;
  height: number;
  highlighted?: boolean;
  /** Draws a dashed outline: the contents do not exist any more. */
  deleted?: boolean;
}

/** A repository, or anything else that has contents. `x`, `y` are the top left corner. */
export function Box({ x, y, width, height, highlighted = false, deleted = false }: BoxProps) {
  const state = deleted ? "deleted" : highlighted ? "highlighted" : "plain";
  return <rect className={styles.box} data-state={state} x={x} y={y} width={width} height={height} rx={10} />;
}

/** A bar of a schematic chart. `x`, `y` are the top left corner. */
export function Bar({ x, y, width, critical = false }: Position & { width: number; critical?: boolean }) {
  return <rect className={styles.bar} data-critical={critical} x={x} y={y} width={width} height={11} rx={3} />;
}

/** A horizontal line. `x`, `y` are its left end. */
export function Divider({ x, y, width }: Position & { width: number }) {
  return <line className={styles.divider} x1={x} x2={x + width} y1={y} y2={y} />;
}

interface ArrowProps {
  from: readonly [number, number];
  to: readonly [number, number];
  tone?: "quiet" | "accent" | "good";
  dashed?: boolean;
}

export function Arrow({ from: [x1, y1], to: [x2, y2], tone = "quiet", dashed = false }: ArrowProps) {
  const length = Math.hypot(x2 - x1, y2 - y1) || 1;
  const [ux, uy] = [(x2 - x1) / length, (y2 - y1) / length];
  // The base of the arrowhead.
  const [bx, by] = [x2 - ux * 9, y2 - uy * 9];
  const head = `${x2},${y2} ${bx - uy * 5},${by + ux * 5} ${bx + uy * 5},${by - ux * 5}`;
  return (
    <g className={styles.arrow} data-tone={tone}>
      <line x1={x1} y1={y1} x2={bx} y2={by} strokeDasharray={dashed ? "5 5" : undefined} />
      <polygon points={head} />
    </g>
  );
}

type MarkKind = "good" | "bad" | "unknown" | "off";

const STROKES: Record<MarkKind, string> = {
  good: "M-4.5 .5-1.3 3.7 4.7-3",
  bad: "M0-5V1M0 4.6V4.8",
  unknown: "M-3-2.2A3 3 0 1 1 .6 .9Q0 1.2 0 2.2M0 5V5.2",
  off: "M-4.5 0H4.5",
};

/** A status: good, bad, unknown, or not scanned; each has a shape as well as a colour. `x`, `y` are the center. */
export function Mark({ x, y, kind }: Position & { kind: MarkKind }) {
  return (
    <g className={styles.mark} data-kind={kind} transform={`translate(${x} ${y})`}>
      <circle r={10} />
      <path d={STROKES[kind]} />
    </g>
  );
}

/** A document with lines of text. `x`, `y` are the top left corner; the size is 56 × 70. */
export function Document({ x, y, tone = "accent" }: Position & { tone?: "accent" | "quiet" }) {
  return (
    <g className={styles.document} data-tone={tone} transform={`translate(${x} ${y})`}>
      <path d="M6 0H40L56 16V64A6 6 0 0 1 50 70H6A6 6 0 0 1 0 64V6A6 6 0 0 1 6 0Z" />
      <path className={styles.fold} d="M40 0V16H56" />
      <path className={styles.fold} d="M11 30H45M11 42H45M11 54H32" />
    </g>
  );
}

/** A person. `x`, `y` are the center. */
export function Person({ x, y }: Position) {
  return (
    <g className={styles.person} transform={`translate(${x} ${y})`}>
      <circle cy={-16} r={13} />
      <path d="M-24 26A24 24 0 0 1 24 26Z" />
    </g>
  );
}

/** A computer. `x`, `y` are the top left corner of the screen. */
export function Computer({ x, y, width, height }: Position & { width: number; height: number }) {
  return (
    <g className={styles.computer}>
      <path d={`M${x + width / 2 - 34} ${y + height + 16}H${x + width / 2 + 34}M${x + width / 2} ${y + height}V${y + height + 16}`} />
      <rect x={x} y={y} width={width} height={height} rx={12} />
    </g>
  );
}

/** A cloud that surrounds its contents. `x`, `y` are the top left corner. */
export function Cloud({ x, y, width, height }: Position & { width: number; height: number }) {
  const [w, h] = [width, height];
  // Points are fractions of the size, so that a cloud of any size stays within its rectangle.
  const point = (px: number, py: number) => `${x + px * w} ${y + py * h}`;
  const d = `M${point(0.14, 1)}C${point(-0.03, 1)} ${point(-0.04, 0.56)} ${point(0.11, 0.5)}C${point(0.06, 0.16)} ${point(0.28, 0.06)} ${point(0.37, 0.2)}C${point(0.46, -0.07)} ${point(0.76, -0.06)} ${point(0.79, 0.27)}C${point(0.93, 0.2)} ${point(1, 0.42)} ${point(0.93, 0.55)}C${point(1.04, 0.66)} ${point(1.01, 1)} ${point(0.86, 1)}Z`;
  return <path className={styles.cloud} d={d} />;
}

/** A key. `x`, `y` are the center of its ring. */
export function Key({ x, y }: Position) {
  return (
    <g className={styles.key} transform={`translate(${x} ${y})`}>
      <circle r={11} />
      <path d="M11 0H42M34 0V9M42 0V11" />
    </g>
  );
}
