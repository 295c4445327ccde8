/** The files that are parsed first: those of the first screen. */
const FIRST = ["shell.ftl", "start.ftl", "window.ftl"];

/** The texts in the order in which they are likely to be needed. `texts`: by path. */
export function inOrder(texts: Record<string, string>): string[] {
  const rank = (path: string) => {
    const index = FIRST.findIndex((name) => path.endsWith(`/${name}`));
    return index === -1 ? FIRST.length : index;
  };
  return Object.entries(texts)
    .sort(([a], [b]) => rank(a) - rank(b))
    .map(([, text]) => text);
}
