/** How long the step usually takes, before it is run and while it runs. */
import { useT } from "../i18n/context";
import type { Speed, StepId } from "../ipc/client";
import { useLab } from "../lab/state";

/** The steps that a person waits for, in seconds from and to; what the others take is not worth announcing. */
const SCAN: Record<Speed, readonly [number, number] | null> = { real: [120, 240], fast: [5, 10], steady: [20, 30], instant: null };
const TRANSFERS: Record<Speed, readonly [number, number] | null> = { real: null, fast: null, steady: [15, 25], instant: null };
const FIX: Record<Speed, readonly [number, number] | null> = { real: [180, 360], fast: [10, 20], steady: [35, 55], instant: null };

const EXPECTED: Partial<Record<StepId, typeof SCAN>> = { push: TRANSFERS, results: SCAN, remediate: FIX };

export function useExpected(step: StepId): string | null {
  const { t } = useT();
  const { backend } = useLab();
  const expected = backend && EXPECTED[step]?.[backend.speed];
  if (!expected) return null;
  const [from, to] = expected;
  return to >= 120 ? t("expected-minutes", { from: from / 60, to: to / 60 }) : t("expected-seconds", { from, to });
}
