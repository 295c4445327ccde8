/** The first twelve hexadecimal digits of a digest, as Docker shows them. */
export function shortDigest(digest: string): string {
  return digest.replace(/^sha256:/, "").slice(0, 12);
}
