/** How images are named on the screen. */
import { shortDigest } from "../components/digest";
import type { ExploredImage } from "../ipc/client";

/** `repository:tag`, or `repository@digest` with a short digest. */
export function imageName({ repository, tags, digest }: ExploredImage): string {
  return tags[0] === undefined ? `${repository}@${shortDigest(digest)}` : `${repository}:${tags[0]}`;
}
