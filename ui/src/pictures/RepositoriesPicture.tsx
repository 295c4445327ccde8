/** Three repositories in one registry; one of them is scanned. */
import { useRun } from "../lab/state";
import { useT } from "../i18n/context";
import { Picture } from "./Picture";
import { Box, Divider, Label, Magnifier, Mark } from "./shapes";

export function RepositoriesPicture() {
  const { t } = useT();
  const { plan } = useRun();
  const repositories = [
    { name: plan.prod, role: "prod", watched: true },
    { name: plan.sandbox, role: "sandbox", watched: false },
    { name: plan.shared, role: "shared", watched: false },
  ];
  return (
    <Picture name="repositories" args={{ watched: plan.prod }}>
      {repositories.map(({ name, role, watched }, at) => {
        const x = 16 + at * 236;
        return (
          <g key={name}>
            <Box x={x} y={24} width={216} height={152} highlighted={watched} />
            <Divider x={x + 14} y={60} width={188} />
            <Label x={x + 108} y={48} text={name.length > 24 ? `${name.slice(0, 23)}…` : name} mono size={13} strong />
            {watched ? (
              <Magnifier x={x + 102} y={88} radius={21} />
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
