// Texts that are not in the page's language: Hangul if `english`, and ids of messages without a text.
const english = arguments[0];
const texts = [];
const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walk.nextNode()) {
  const { data, parentElement } = walk.currentNode;
  const text = data.trim();
  if (text === "" || parentElement === null || parentElement.closest("script, style")) continue;
  // An announcement made before the language was switched stays.
  if (parentElement.closest("[aria-live]")) continue;
  const lang = parentElement.closest("[lang]")?.getAttribute("lang");
  if (english && /[가-힣]/.test(text) && lang !== "ko") texts.push(text);
  const verbatim = parentElement.closest("code, pre, kbd, [translate='no'], a[href^='http']");
  // Regions, packages and the lab's repositories have the same names in every language.
  const name = /-\d+$|^eks-security-/.test(text);
  if (!verbatim && !name && /^[a-z]+(-[a-z0-9]+){2,}$/.test(text)) texts.push(text);
}
return texts;
