// Texts in another language than the page's: Hangul where `english`; and ids of messages that stand where their words should.
const english = arguments[0];
const found = [];
const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walk.nextNode()) {
  const { data, parentElement } = walk.currentNode;
  const text = data.trim();
  if (text === "" || parentElement === null || parentElement.closest("script, style")) continue;
  // What was announced before the language was switched was announced.
  if (parentElement.closest("[aria-live]")) continue;
  const lang = parentElement.closest("[lang]")?.getAttribute("lang");
  if (english && /[가-힣]/.test(text) && lang !== "ko") found.push(text);
  const verbatim = parentElement.closest("code, pre, kbd, [translate='no'], a[href^='http']");
  // Regions, packages and the lesson's repositories are called the same everywhere.
  const name = /-\d+$|^eks-security-/.test(text);
  if (!verbatim && !name && /^[a-z]+(-[a-z0-9]+){2,}$/.test(text)) found.push(text);
}
return found;
