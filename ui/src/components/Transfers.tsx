/** Transfers of images: a bar for each layer, and in total the amount, the rate and the time left. */
import { useT, type Translator } from "../i18n/context";
import type { Layer } from "../ipc/client";
import type { Transfer } from "../lab/events";
import { useRate } from "./useRate";
import styles from "./Transfers.module.css";
import { classNames } from "../theme/classNames";

export function Transfers({ transfers, running }: { transfers: readonly Transfer[]; running: boolean }) {
  return (
    <div className={styles.transfers}>
      {transfers.map((transfer, index) => (
        <LayerBars key={`${transfer.direction} ${transfer.reference} ${index}`} transfer={transfer} running={running && !transfer.done} />
      ))}
    </div>
  );
}

export function LayerBars({ transfer, running }: { transfer: Transfer; running: boolean }) {
  const translator = useT();
  const { t } = translator;
  const amount = transferAmount(transfer.layers);
  const rate = useRate(amount.moved, running);
  const title = t(`transfer-${transfer.direction}${transfer.done ? "-done" : ""}`, { reference: transfer.reference });
  return (
    <section className={styles.transfer} aria-label={title} data-testid={`transfer-${transfer.direction}`} data-done={transfer.done}>
      <header>
        <span className={styles.title}>{title}</span>
        <span className={styles.summary}>{summary(transfer, amount, running ? rate : null, translator)}</span>
      </header>
      {transfer.layers.length === 0 ? null : (
        <ul>
          {transfer.layers.map((layer) => (
            <LayerBar key={layer.id} layer={layer} />
          ))}
        </ul>
      )}
      {transfer.digest === null ? null : (
        <div>
          {t(transfer.direction === "pull" ? "lane-digest-pull" : "lane-digest")}{" "}
          <span className={styles.digest} translate="no">
            {transfer.digest}
          </span>
        </div>
      )}
    </section>
  );
}

function LayerBar({ layer }: { layer: Layer }) {
  const { t, bytes } = useT();
  const part = completedFraction(layer);
  const size = layer.total ?? layer.current;
  return (
    <li className={classNames(styles.layer, styles[layer.state])}>
      <span className={styles.layerId} translate="no">
        {layer.id}
      </span>
      {/* Hidden from screen readers: the text beside it has the same information. */}
      <span className={styles.bar} aria-hidden="true">
        <span style={{ transform: `scaleX(${part})` }} />
      </span>
      <span className={styles.layerSize}>
        {layer.state === "moving" && layer.current !== null && layer.total !== null
          ? t("layer-of", { current: bytes(Math.min(layer.current, layer.total)), total: bytes(layer.total) })
          : size === null
            ? ""
            : bytes(size)}
      </span>
      <span className={styles.layerState}>{t(`layer-${layer.state}`)}</span>
    </li>
  );
}

interface Amount {
  moved: number;
  total: number;
  /** How many layers the destination already has. */
  present: number;
}

function transferAmount(layers: readonly Layer[]): Amount {
  let [moved, total, present] = [0, 0, 0];
  for (const layer of layers) {
    if (layer.state === "exists" || layer.state === "mounted") {
      present += 1;
      continue;
    }
    const size = layer.total ?? layer.current ?? 0;
    total += size;
    moved += layer.state === "done" || layer.state === "unpacking" ? size : Math.min(layer.current ?? 0, size);
  }
  return { moved, total, present };
}

function summary(transfer: Transfer, amount: Amount, rate: number | null, { t, bytes, duration }: Translator): string {
  const parts = [t("transfer-layers", { count: transfer.layers.length })];
  if (amount.present > 0) parts.push(t("transfer-there", { count: amount.present }));
  if (transfer.done) {
    if (amount.moved > 0) parts.push(bytes(amount.moved));
    return parts.join(" · ");
  }
  if (amount.total > 0) parts.push(t("layer-of", { current: bytes(amount.moved), total: bytes(amount.total) }));
  if (rate !== null && rate > 0) {
    parts.push(t("transfer-rate", { rate: bytes(rate) }));
    const left = (amount.total - amount.moved) / rate;
    // Layers that have not started have no size yet: without all sizes there is no estimate.
    if (left > 1 && transfer.layers.every((layer) => layer.total !== null || layer.state !== "waiting")) {
      parts.push(t("transfer-left", { time: duration(left) }));
    }
  }
  return parts.join(" · ");
}

function completedFraction(layer: Layer): number {
  switch (layer.state) {
    case "done":
    case "unpacking":
    case "exists":
    case "mounted":
      return 1;
    case "waiting":
      return 0;
    case "moving":
    case "retrying":
      return layer.total && layer.current !== null ? Math.min(1, layer.current / layer.total) : 0;
  }
}
