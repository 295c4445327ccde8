/** Counts over time as two steps of lines; the numbers stand in the monitor above it. */
import { useT } from "../i18n/context";
import type { GrowthPoint } from "./useGrowth";

const WIDTH = 600;
const HEIGHT = 64;

export function GrowthLine({ points }: { points: readonly GrowthPoint[] }) {
  const { t } = useT();
  const last = points.at(-1);
  const first = points[0];
  // Two points are no growth: the line would look like a border.
  if (points.length < 3 || !last || !first) return null;
  const most = Math.max(1, ...points.map(({ ecr, inspector }) => Math.max(ecr, inspector)));
  const span = last.at > first.at ? last.at - first.at : 1;
  const x = (at: number) => ((at - first.at) / span) * (WIDTH - 4) + 2;
  const y = (count: number) => HEIGHT - 4 - (count / most) * (HEIGHT - 8);
  const path = (of: "ecr" | "inspector") =>
    points.map((point, at) => (at === 0 ? `M${x(point.at)} ${y(point[of])}` : `H${x(point.at)}V${y(point[of])}`)).join("");
  return (
    <figure className="lab-growth">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={t("growth-says", { ecr: last.ecr, inspector: last.inspector })}>
        <path d={path("ecr")} className="lab-growth-ecr" />
        <path d={path("inspector")} className="lab-growth-inspector" />
      </svg>
      <figcaption>
        <span>{t("growth-title", { most })}</span>
        <span className="lab-growth-key" data-of="ecr">
          {t("source-ecr")}
        </span>
        <span className="lab-growth-key" data-of="inspector">
          {t("source-inspector")}
        </span>
      </figcaption>
    </figure>
  );
}
