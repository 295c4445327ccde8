/** Three repositories in one registry, one of them under the lens. */
import { useT } from "../i18n/context";
import { useRun } from "../lab/state";
import { Crate, Label, Lens, Mark } from "./parts";
import { Picture } from "./Picture";

export function RepositoriesPicture() {
  const { t } = useT();
  const { plan } = useRun();
  const crates = [
    { name: plan.prod, role: "prod", watched: true },
    { name: plan.sandbox, role: "sandbox", watched: false },
    { name: plan.shared, role: "shared", watched: false },
  ];
  return (
    <Picture name="repositories" args={{ watched: plan.prod }}>
      {crates.map(({ name, role, watched }, at) => {
        const x = 16 + at * 236;
        return (
          <g key={name}>
            <Crate x={x} y={24} width={216} height={152} lit={watched} />
            <line className="pic-rule" x1={x + 14} x2={x + 202} y1={60} y2={60} />
            <Label x={x + 108} y={48} text={name.length > 24 ? `${name.slice(0, 23)}…` : name} mono size={13} strong />
            {watched ? (
              <Lens x={x + 102} y={88} radius={21} />
            ) : (
              <Mark x={x + 108} y={92} kind="off" />
            )}
            <Label x={x + 108} y={140} text={t(`picture-repository-${role}`)} size={14} tone={watched ? "plain" : "quiet"} />
            <Label x={x + 108} y={160} text={t(watched ? "picture-watched" : "picture-unwatched")} size={13.5} tone={watched ? "good" : "quiet"} />
          </g>
        );
      })}
    </Picture>
  );
}
