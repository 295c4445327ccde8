// Texts that overlap each other, and words that are broken over two lines. A text that a scroll box or a panel hides does not count.
const problems = [];
const name = (node) => {
  const id = node.closest("[data-testid]")?.dataset.testid;
  return `${node.tagName.toLowerCase()}.${String(node.className?.baseVal ?? node.className).split(" ")[0]}${id ? ` in ${id}` : ""}`;
};
// What hides overflow, and what has a place of its own over the page, per element.
const computed = new Map();
const context = (element) => {
  if (!(element instanceof Element)) return { clips: [], layer: null };
  let result = computed.get(element);
  if (result) return result;
  const above = context(element.parentElement);
  const style = getComputedStyle(element);
  const clips = /visible/.test(`${style.overflowX} ${style.overflowY}`) || element === document.documentElement || element === document.body ? above.clips : [...above.clips, element];
  const layer = /fixed|sticky/.test(style.position) || element.getAttribute("role") === "dialog" ? element : above.layer;
  result = { clips, layer, hidden: above.hidden || style.visibility === "hidden" || style.opacity === "0" || style.clip === "rect(0px, 0px, 0px, 0px)" || style.clipPath.startsWith("inset(50%") };
  computed.set(element, result);
  return result;
};
const clipped = (rect, clips) => {
  let { left, top, right, bottom } = rect;
  for (const clip of clips) {
    const box = clip.getBoundingClientRect();
    left = Math.max(left, box.left);
    top = Math.max(top, box.top);
    right = Math.min(right, box.right);
    bottom = Math.min(bottom, box.bottom);
  }
  return { left, top, right, bottom };
};
const lines = [];
const range = document.createRange();
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
for (let text = walker.nextNode(); text; text = walker.nextNode()) {
  const element = text.parentElement;
  if (text.data.trim() === "" || /^(SCRIPT|STYLE|NOSCRIPT|TITLE|DESC)$/i.test(element.tagName) || !element.checkVisibility()) continue;
  const { clips, layer, hidden } = context(element);
  if (hidden || element.closest("[aria-hidden='true']:not(svg)") !== null) continue;
  // A word is a run of letters, digits and what holds a version or a name together. Longer ones, such as digests, may be broken.
  if (!(element instanceof SVGElement)) {
    for (const { 0: word, index } of text.data.matchAll(/[\p{L}\p{N}](?:[\p{L}\p{N}]|[._](?=[\p{L}\p{N}]))*/gu)) {
      if (word.length < 2 || word.length > 24) continue;
      range.setStart(text, index);
      range.setEnd(text, index + word.length);
      const parts = [...range.getClientRects()].filter(({ width }) => width > 0);
      const middle = ({ top, bottom }) => (top + bottom) / 2;
      if (parts.some((part) => middle(part) > parts[0].bottom)) problems.push({ what: name(element), how: "a word is broken", text: word });
    }
  }
  range.selectNodeContents(text);
  for (const rect of range.getClientRects()) {
    const { left, top, right, bottom } = clipped(rect, clips);
    // What is only for screen readers is beyond the edge of the page.
    if (right - left > 2 && bottom - top > 4 && right > 0) lines.push({ left, top, right, bottom, layer, element, text });
  }
}
lines.sort((one, other) => one.top - other.top);
lines.forEach((line, index) => {
  for (let at = index + 1; at < lines.length && lines[at].top < line.bottom; at += 1) {
    const other = lines[at];
    // Lines of one text have the distance that its font gives them; a panel may cover the page.
    if (other.text === line.text || other.layer !== line.layer) continue;
    const width = Math.min(line.right, other.right) - Math.max(line.left, other.left);
    const height = Math.min(line.bottom, other.bottom) - Math.max(line.top, other.top);
    const lowest = Math.min(line.bottom - line.top, other.bottom - other.top);
    if (width > 3 && height > lowest * 0.45) {
      problems.push({ what: `${name(line.element)} and ${name(other.element)}`, how: "two texts overlap", text: `${line.text.data.trim().slice(0, 40)} | ${other.text.data.trim().slice(0, 40)}` });
    }
  }
});
return problems;
