/** The words of our picture language: layers, lens, crate, arrow, mark, document, person, machine, cloud. */

type Tone = "plain" | "quiet" | "accent" | "good" | "bad" | "hot";

interface At {
  x: number;
  y: number;
}

interface LabelProps extends At {
  text: string;
  tone?: Tone;
  size?: number;
  anchor?: "start" | "middle" | "end";
  /** Names of things, in the type of a terminal. */
  mono?: boolean;
  strong?: boolean;
}

export function Label({ x, y, text, tone = "plain", size = 14, anchor = "middle", mono = false, strong = false }: LabelProps) {
  const classes = ["pic-text", `pic-text-${tone}`, mono ? "pic-mono" : "", strong ? "pic-strong" : ""].join(" ");
  return (
    <text x={x} y={y} textAnchor={anchor} fontSize={size} className={classes} {...(mono ? { translate: "no" as const } : {})}>
      {text}
    </text>
  );
}

interface LayersProps extends At {
  /** How wide; it is two thirds as high. */
  width?: number;
  /** Something is wrong inside. */
  hot?: boolean;
  /** Only an outline: it is gone. */
  gone?: boolean;
}

/** A container image: three layers, seen from above. `x`, `y` are its middle. */
export function Layers({ x, y, width = 72, hot = false, gone = false }: LayersProps) {
  const half = width / 2;
  const low = width / 4;
  const gap = width * 0.2;
  const sheet = (at: number) => `M${x} ${at - low}L${x + half} ${at}L${x} ${at + low}L${x - half} ${at}Z`;
  const tones = ["pic-deep", hot ? "pic-hot" : "pic-blue", "pic-teal"];
  return (
    <g className={gone ? "pic-layers pic-gone" : "pic-layers"}>
      {tones.map((tone, index) => (
        <path key={tone} className={gone ? "pic-outline" : tone} d={sheet(y + (1 - index) * gap)} />
      ))}
    </g>
  );
}

/** A lens: someone looks here. `x`, `y` are the middle of the glass. */
export function Lens({ x, y, radius = 44 }: At & { radius?: number }) {
  const edge = radius * 0.7071;
  const end = edge + radius * 0.55;
  return (
    <g className="pic-lens">
      <line x1={x + edge} y1={y + edge} x2={x + end} y2={y + end} strokeWidth={radius * 0.24} />
      <circle cx={x} cy={y} r={radius} strokeWidth={radius * 0.12} />
    </g>
  );
}

interface CrateProps extends At {
  width: number;
  height: number;
  /** Whether it stands out. */
  lit?: boolean;
  /** Not there yet, or not any more. */
  gone?: boolean;
}

/** A repository, or anything that holds things. `x`, `y` are its corner. */
export function Crate({ x, y, width, height, lit = false, gone = false }: CrateProps) {
  const name = gone ? "pic-crate pic-crate-gone" : lit ? "pic-crate pic-crate-lit" : "pic-crate";
  return <rect className={name} x={x} y={y} width={width} height={height} rx={10} />;
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
  const [bx, by] = [x2 - ux * 9, y2 - uy * 9];
  const point = `${x2},${y2} ${bx - uy * 5},${by + ux * 5} ${bx + uy * 5},${by - ux * 5}`;
  return (
    <g className={`pic-arrow pic-arrow-${tone}`}>
      <line x1={x1} y1={y1} x2={bx} y2={by} strokeDasharray={dashed ? "5 5" : undefined} />
      <polygon points={point} />
    </g>
  );
}

export type MarkKind = "good" | "bad" | "unknown" | "off";

const strokes: Record<MarkKind, string> = {
  good: "M-4.5 .5-1.3 3.7 4.7-3",
  bad: "M0-5V1M0 4.6V4.8",
  unknown: "M-3-2.2A3 3 0 1 1 .6 .9Q0 1.2 0 2.2M0 5V5.2",
  off: "M-4.5 0H4.5",
};

/** Good, bad, not known, not looked at: told apart by shape too. `x`, `y` are its middle. */
export function Mark({ x, y, kind }: At & { kind: MarkKind }) {
  return (
    <g className={`pic-mark pic-mark-${kind}`} transform={`translate(${x} ${y})`}>
      <circle r={10} />
      <path d={strokes[kind]} />
    </g>
  );
}

/** A document with lines of text. `x`, `y` are its corner; it is 56 × 70. */
export function Document({ x, y, tone = "accent" }: At & { tone?: "accent" | "quiet" }) {
  return (
    <g className={`pic-document pic-document-${tone}`} transform={`translate(${x} ${y})`}>
      <path d="M6 0H40L56 16V64A6 6 0 0 1 50 70H6A6 6 0 0 1 0 64V6A6 6 0 0 1 6 0Z" />
      <path className="pic-fold" d="M40 0V16H56" />
      <path className="pic-fold" d="M11 30H45M11 42H45M11 54H32" />
    </g>
  );
}

/** `x`, `y` are the middle of the person. */
export function Person({ x, y }: At) {
  return (
    <g className="pic-person" transform={`translate(${x} ${y})`}>
      <circle cy={-16} r={13} />
      <path d="M-24 26A24 24 0 0 1 24 26Z" />
    </g>
  );
}

/** A computer. `x`, `y` are the corner of the screen. */
export function Computer({ x, y, width, height }: At & { width: number; height: number }) {
  return (
    <g className="pic-computer">
      <path d={`M${x + width / 2 - 34} ${y + height + 16}H${x + width / 2 + 34}M${x + width / 2} ${y + height}V${y + height + 16}`} />
      <rect x={x} y={y} width={width} height={height} rx={12} />
    </g>
  );
}

/** A cloud around what is in it. `x`, `y` are its corner. */
export function Cloud({ x, y, width, height }: At & { width: number; height: number }) {
  const [w, h] = [width, height];
  // Bumps as parts of the whole, so that a cloud of any size stays within its corners.
  const at = (px: number, py: number) => `${x + px * w} ${y + py * h}`;
  const d = `M${at(0.14, 1)}C${at(-0.03, 1)} ${at(-0.04, 0.56)} ${at(0.11, 0.5)}C${at(0.06, 0.16)} ${at(0.28, 0.06)} ${at(0.37, 0.2)}C${at(0.46, -0.07)} ${at(0.76, -0.06)} ${at(0.79, 0.27)}C${at(0.93, 0.2)} ${at(1, 0.42)} ${at(0.93, 0.55)}C${at(1.04, 0.66)} ${at(1.01, 1)} ${at(0.86, 1)}Z`;
  return <path className="pic-cloud" d={d} />;
}

/** A key. `x`, `y` are the middle of its ring. */
export function Key({ x, y }: At) {
  return (
    <g className="pic-key" transform={`translate(${x} ${y})`}>
      <circle r={11} />
      <path d="M11 0H42M34 0V9M42 0V11" />
    </g>
  );
}
