// What is cut off: the page wider than the window, or text wider or higher than the box that hides the rest of it.
const found = [];
const name = (node) => {
  const id = node.closest("[data-testid]")?.dataset.testid;
  return `${node.tagName.toLowerCase()}.${String(node.className?.baseVal ?? node.className).split(" ")[0]}${id ? ` in ${id}` : ""}`;
};
const tell = (node, how) => found.push({ what: name(node), how, text: (node.textContent ?? "").trim().slice(0, 60) });
const own = (node) => [...node.childNodes].some((child) => child.nodeType === Node.TEXT_NODE && child.data.trim() !== "");
// Only for screen readers: a pixel, or clipped to nothing.
const unseen = (node) => {
  for (let at = node; at instanceof Element; at = at.parentElement) {
    const style = getComputedStyle(at);
    const box = at.getBoundingClientRect();
    if (style.visibility === "hidden" || style.opacity === "0" || style.clip === "rect(0px, 0px, 0px, 0px)") return true;
    if (style.clipPath.startsWith("inset(50%") || box.width < 2 || box.height < 2) return true;
    if (style.position === "absolute" && box.right < 0) return true;
  }
  return false;
};
const scrolls = (node) => {
  for (let at = node.parentElement; at instanceof Element && at !== document.body; at = at.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(at).overflowX)) return true;
  }
  return false;
};
const page = document.documentElement;
if (page.scrollWidth > page.clientWidth + 1) tell(page, `the page is ${page.scrollWidth - page.clientWidth} px wider than the window`);
for (const node of document.body.querySelectorAll("*")) {
  if (node instanceof SVGElement || !node.checkVisibility() || !own(node) || unseen(node)) continue;
  const style = getComputedStyle(node);
  const box = node.getBoundingClientRect();
  if (/hidden|clip/.test(style.overflowX) && node.scrollWidth > node.clientWidth + 1) {
    // A shortened text whose whole is a hover away, or in its accessible name, is not lost.
    if (!node.title && !node.closest("[title]")) tell(node, `${node.scrollWidth - node.clientWidth} px of its width are hidden`);
  } else if (/hidden|clip/.test(style.overflowY) && node.scrollHeight > node.clientHeight + 4) {
    tell(node, `${node.scrollHeight - node.clientHeight} px of its height are hidden`);
  } else if (style.display !== "inline" && box.right > page.clientWidth + 1 && !scrolls(node)) {
    tell(node, `it hangs ${Math.round(box.right - page.clientWidth)} px over the window's edge`);
  }
}
return found;
