/** Why findings are not known, as texts, and what Inspector's coverage says of the findings of a repository. */
import type { CoverageRow, FindingsReason, InspectorRepository } from "../ipc/client";

/** The end of the ids of a reason's texts. */
export function reasonId(reason: FindingsReason): string {
  return reason.replaceAll("_", "-");
}

/**
 * Inspector lists no counts for a repository without findings: only where it has scanned an image, and still watches all that it has
 * scanned, is that a zero.
 */
export function isZero(side: Pick<InspectorRepository, "coverage">): boolean {
  const images = imagesOf(side);
  return images.some(({ reason }) => reason === "SUCCESSFUL") && images.every(({ findingsReason }) => findingsReason !== "no_longer_watched");
}

/** The most telling reason: what Inspector says of an image goes before what it says of its repository. */
export function reasonOf(side: Pick<InspectorRepository, "coverage">): FindingsReason {
  const reasons = [...imagesOf(side), ...side.coverage].map(({ findingsReason }) => findingsReason);
  return reasons.find((reason) => reason !== "not_read") ?? "not_read";
}

export function imagesOf(side: Pick<InspectorRepository, "coverage">): CoverageRow[] {
  return side.coverage.filter(({ resourceType }) => resourceType === "AWS_ECR_CONTAINER_IMAGE");
}
