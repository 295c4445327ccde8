// Elements that are cut off: a page wider than the window, or text wider or higher than a box that hides its overflow.
const clipped = [];
const name = (node) => {
  const id = node.closest("[data-testid]")?.dataset.testid;
  return `${node.tagName.toLowerCase()}.${String(node.className?.baseVal ?? node.className).split(" ")[0]}${id ? ` in ${id}` : ""}`;
};
const report = (node, how) => clipped.push({ what: name(node), how, text: (node.textContent ?? "").trim().slice(0, 60) });
const hasText = (node) => [...node.childNodes].some((child) => child.nodeType === Node.TEXT_NODE && child.data.trim() !== "");
// Visible to screen readers only: a pixel in size, or clipped entirely.
const hidden = (node) => {
  for (let at = node; at instanceof Element; at = at.parentElement) {
    const style = getComputedStyle(at);
    const box = at.getBoundingClientRect();
    if (style.visibility === "hidden" || style.opacity === "0" || style.clip === "rect(0px, 0px, 0px, 0px)") return true;
    if (style.clipPath.startsWith("inset(50%") || box.width < 2 || box.height < 2) return true;
    if (style.position === "absolute" && box.right < 0) return true;
  }
  return false;
};
const isInScroller = (node) => {
  for (let at = node.parentElement; at instanceof Element && at !== document.body; at = at.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(at).overflowX)) return true;
  }
  return false;
};
const page = document.documentElement;
if (page.scrollWidth > page.clientWidth + 1) report(page, `the page is ${page.scrollWidth - page.clientWidth} px wider than the window`);
for (const node of document.body.querySelectorAll("*")) {
  if (node instanceof SVGElement || !node.checkVisibility() || !hasText(node) || hidden(node)) continue;
  const style = getComputedStyle(node);
  const box = node.getBoundingClientRect();
  if (/hidden|clip/.test(style.overflowX) && node.scrollWidth > node.clientWidth + 1) {
    // A shortened text is accepted if its title has all of it.
    if (!node.title && !node.closest("[title]")) report(node, `${node.scrollWidth - node.clientWidth} px of its width are hidden`);
  } else if (/hidden|clip/.test(style.overflowY) && node.scrollHeight > node.clientHeight + 4) {
    report(node, `${node.scrollHeight - node.clientHeight} px of its height are hidden`);
  } else if (style.display !== "inline" && box.right > page.clientWidth + 1 && !isInScroller(node)) {
    report(node, `it extends ${Math.round(box.right - page.clientWidth)} px beyond the window`);
  }
}
return clipped;
