/** The counts of a scan over time as two step lines; the monitor above shows the numbers. */
import { useT } from "../i18n/context";
import type { GrowthPoint } from "../lab/growth";
import styles from "./GrowthLine.module.css";

const WIDTH = 600;
const HEIGHT = 64;

export function GrowthLine({ points }: { points: readonly GrowthPoint[] }) {
  const { t } = useT();
  const last = points.at(-1);
  const first = points[0];
  // One point is no line.
  if (points.length < 2 || !last || !first) return null;
  const highest = Math.max(1, ...points.map(({ ecr, inspector }) => Math.max(ecr, inspector)));
  const span = last.at > first.at ? last.at - first.at : 1;
  const x = (time: number) => ((time - first.at) / span) * (WIDTH - 4) + 2;
  const y = (count: number) => HEIGHT - 4 - (count / highest) * (HEIGHT - 8);
  const path = (source: "ecr" | "inspector") =>
    points.map((point, index) => (index === 0 ? `M${x(point.at)} ${y(point[source])}` : `H${x(point.at)}V${y(point[source])}`)).join("");
  return (
    <figure className={styles.growth}>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={t("growth-says", { ecr: last.ecr, inspector: last.inspector })}>
        <path d={path("ecr")} className={styles.ecr} />
        <path d={path("inspector")} className={styles.inspector} />
      </svg>
      <figcaption>
        <span>{t("growth-title", { most: highest })}</span>
        <span className={styles.key} data-source="ecr">
          {t("source-ecr")}
        </span>
        <span className={styles.key} data-source="inspector">
          {t("source-inspector")}
        </span>
      </figcaption>
    </figure>
  );
}
