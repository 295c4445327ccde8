import { expect, test } from "vitest";
import type { CoverageRow, FindingsReason } from "../ipc/client";
import { isZero, reasonId, reasonOf } from "./reasons";

function row(resourceType: string, reason: string, findingsReason: FindingsReason): CoverageRow {
  return { resourceType, resourceId: reason, tags: [], status: null, reason, findingsReason, scanFrequency: null, lastScannedAt: null };
}

const repository = row("AWS_ECR_REPOSITORY", "SUCCESSFUL", "not_read");
const scanned = row("AWS_ECR_CONTAINER_IMAGE", "SUCCESSFUL", "not_read");
const expired = row("AWS_ECR_CONTAINER_IMAGE", "SCAN_ELIGIBILITY_EXPIRED", "no_longer_watched");

test("only a repository whose scanned images are all still watched has zero findings", () => {
  expect(isZero({ coverage: [repository, scanned] })).toBe(true);
  expect(isZero({ coverage: [repository, expired] })).toBe(false);
  expect(isZero({ coverage: [repository, scanned, expired] })).toBe(false);
  expect(isZero({ coverage: [repository] })).toBe(false);
});

test("an image that is no longer watched is the reason why there are no findings", () => {
  expect(reasonOf({ coverage: [repository, scanned, expired] })).toBe("no_longer_watched");
  expect(reasonOf({ coverage: [repository, scanned] })).toBe("not_read");
});

const REASONS: readonly FindingsReason[] = ["not_scanned", "no_longer_watched", "not_read", "unsupported", "failed"];

const TEXTS = import.meta.glob<string>("../../locales/*/{report,results}.ftl", { query: "?raw", import: "default", eager: true });

test.each(["en", "ko"])("every reason has its texts in %s", (lang) => {
  const texts = ["report", "results"].map((file) => TEXTS[`../../locales/${lang}/${file}.ftl`] ?? "").join("\n");
  for (const reason of REASONS) {
    for (const id of ["report-reason", "side-means"]) expect(texts).toContain(`\n${id}-${reasonId(reason)} = `);
  }
});
