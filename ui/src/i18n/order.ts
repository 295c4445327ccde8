/** Which files are read first: those of the first screen. */
const FIRST = ["shell.ftl", "start.ftl", "window.ftl"];

/** The texts by their paths, in the order in which they are likely to be asked for. */
export function inOrder(texts: Record<string, string>): string[] {
  const rank = (path: string) => {
    const at = FIRST.findIndex((name) => path.endsWith(`/${name}`));
    return at === -1 ? FIRST.length : at;
  };
  return Object.entries(texts)
    .sort(([a], [b]) => rank(a) - rank(b))
    .map(([, text]) => text);
}
