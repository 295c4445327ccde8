/** Before and after: one layer has changed, and its findings are fixed. */
import { useT } from "../i18n/context";
import { Picture } from "./Picture";
import { Arrow, Bar, Box, Label, Layers, Mark } from "./shapes";

export function RemediatePicture() {
  const { t } = useT();
  const sides = [
    { key: "before", x: 12, vulnerable: true, bars: [120, 92, 104, 66], mark: "bad" },
    { key: "after", x: 418, vulnerable: false, bars: [0, 0, 58, 40], mark: "good" },
  ] as const;
  return (
    <Picture name="remediate">
      {sides.map(({ key, x, vulnerable, bars, mark }) => (
        <g key={key}>
          <Box x={x} y={14} width={290} height={172} highlighted={!vulnerable} />
          <Label x={x + 145} y={40} text={t(`picture-${key}`)} strong />
          <Layers x={x + 82} y={100} width={78} vulnerable={vulnerable} />
          {bars.map((width, at) => (
            <Bar key={at} x={x + 152} y={68 + at * 20} width={width} critical={vulnerable && at === 0} />
          ))}
          <Mark x={x + 24} y={166} kind={mark} />
          <Label x={x + 42} y={171} text={t(`picture-log4shell-${key}`)} anchor="start" size={13} />
        </g>
      ))}
      <Arrow from={[316, 92]} to={[404, 92]} tone="good" />
      <Label x={360} y={80} text={t("picture-patch")} size={13} />
      <Label x={360} y={116} text={t("picture-rescan")} size={13} tone="quiet" />
    </Picture>
  );
}
