/** One transfer of an image: a bar for each layer with its size and rate, and in total the amount, the rate and the time left. */
import { useMemo } from "react";
import { useMasked } from "../components/Account";
import { useT, type Translator } from "../i18n/context";
import type { Layer } from "../ipc/client";
import type { Transfer } from "../lab/events";
import { transferAmount, isAlreadyPresent, completedFraction, type Amount } from "./pushPhases";
import { useRates } from "./useRates";
import styles from "./PushLane.module.css";

interface LaneProps {
  transfer: Transfer;
  running: boolean;
  /** In seconds; null if its start or end was not observed. */
  seconds: number | null;
  /** The index of the push, from 0. */
  ordinal: number;
}

export function PushLane({ transfer, running, seconds, ordinal }: LaneProps) {
  const translator = useT();
  const { t, percent } = translator;
  const masked = useMasked();
  const { layers, direction, done } = transfer;
  const amount = transferAmount(layers);
  const amounts = useMemo(() => new Map(layers.map((layer) => [layer.id, layer.current ?? 0])), [layers]);
  const rates = useRates(amounts, running);
  const rate = layers.reduce((sum, layer) => sum + (layer.state === "moving" ? (rates.get(layer.id) ?? 0) : 0), 0);
  const title = t(direction === "pull" ? "lane-pull" : ordinal === 0 ? "lane-push-first" : "lane-push-again");
  const part = done ? 1 : amount.total > 0 ? amount.moved / amount.total : 0;
  const alreadyPresent = done && direction === "push" && layers.length > 0 && amount.present === layers.length;
  return (
    <section className={styles.lane} aria-label={`${title} ${masked(transfer.reference)}`} data-testid={`transfer-${direction}`} data-done={done} data-quick={alreadyPresent}>
      <h3>{title}</h3>
      <code className={styles.reference} translate="no">
        {masked(transfer.reference)}
      </code>
      <div
        className={styles.total}
        role="progressbar"
        aria-label={title}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.floor(part * 100)}
        aria-valuetext={percent(part)}
      >
        <span style={{ transform: `scaleX(${part})` }} />
      </div>
      <p className={styles.summary}>{summaryOf(transfer, amount, rate, seconds, translator)}</p>
      <ul>
        {layers.map((layer) => (
          <LayerRow key={layer.id} layer={layer} rate={layer.state === "moving" ? (rates.get(layer.id) ?? null) : null} />
        ))}
      </ul>
      {alreadyPresent ? <p className={styles.why}>{t("lane-quick")}</p> : null}
      {transfer.digest === null ? null : (
        <p className={styles.digest}>
          <span>{t(direction === "pull" ? "lane-digest-pull" : "lane-digest")}</span> <code translate="no">{transfer.digest}</code>
        </p>
      )}
    </section>
  );
}

function LayerRow({ layer, rate }: { layer: Layer; rate: number | null }) {
  const { t, bytes } = useT();
  const size = layer.total ?? layer.current;
  const moving = layer.state === "moving" && layer.current !== null && layer.total !== null;
  return (
    <li data-state={layer.state} data-present={isAlreadyPresent(layer)}>
      <code translate="no">{layer.id.slice(0, 12)}</code>
      <span className={styles.bar} aria-hidden="true">
        <span style={{ transform: `scaleX(${completedFraction(layer)})` }} />
      </span>
      <span className={styles.size}>
        {moving
          ? t("lane-of", { current: bytes(Math.min(layer.current ?? 0, layer.total ?? 0)), total: bytes(layer.total ?? 0) })
          : size === null
            ? ""
            : bytes(size)}
      </span>
      <span className={styles.state}>{rate !== null && rate > 0 ? t("lane-pace", { pace: bytes(rate) }) : t(`lane-layer-${layer.state}`)}</span>
    </li>
  );
}

function summaryOf({ done, layers }: Transfer, amount: Amount, rate: number, seconds: number | null, { t, bytes, duration }: Translator): string {
  const parts: string[] = [];
  if (done) {
    parts.push(amount.total > 0 ? t("lane-moved", { total: bytes(amount.total) }) : t("lane-moved-nothing"));
    if (amount.present > 0) parts.push(t("lane-known", { count: amount.present, all: layers.length }));
    if (seconds !== null) parts.push(t("lane-took", { time: duration(seconds) }));
    return parts.join(" · ");
  }
  if (amount.total > 0) parts.push(t("lane-of", { current: bytes(amount.moved), total: bytes(amount.total) }));
  if (amount.present > 0) parts.push(t("lane-known", { count: amount.present, all: layers.length }));
  if (rate > 0) {
    parts.push(t("lane-pace", { pace: bytes(rate) }));
    const left = (amount.total - amount.moved) / rate;
    if (amount.allSized && left >= 1) parts.push(t("lane-left", { time: duration(left) }));
  }
  return parts.length > 0 ? parts.join(" · ") : t("lane-looking");
}
