/** The scans of the run: of the vulnerable image, and of the patched one. */
import { commands, type RunOutcome, type Scan } from "../ipc/client";
import { useIpc, type QueryState } from "../ipc/useIpc";
import { useRun, useStep } from "../lab/state";

export interface Scans {
  outcome: RunOutcome;
  /** Of the vulnerable image; null: not scanned yet. */
  vulnerable: Scan | null;
  /** Of the patched image. */
  fixed: Scan | null;
}

export function useScans(): QueryState<Scans> {
  const { id, plan } = useRun();
  const results = useStep("results");
  const remediate = useStep("remediate");
  return useIpc(
    async () => {
      const [outcome, scans] = await Promise.all([commands.outcome(), commands.scans()]);
      const watched = scans.filter((scan) => scan.key.repository === plan.prod && scan.finishedAt !== null);
      const digest = outcome.repositories.find((repository) => repository.name === plan.prod)?.digest ?? null;
      const vulnerable = watched.find((scan) => scan.key.digest === digest) ?? null;
      const others = watched.filter((scan) => scan.key.digest !== digest);
      return { outcome, vulnerable, fixed: others.at(-1) ?? null };
    },
    // A check can find that an image is no longer watched.
    `${id} ${results.state} ${results.seconds ?? ""} ${results.checks.map(({ outcome }) => outcome).join(" ")} ${remediate.state} ${remediate.seconds ?? ""}`,
  );
}
