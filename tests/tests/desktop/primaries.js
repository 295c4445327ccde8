// What looks primary on a step: elements with the background of the button for the next thing to do, or of the design system's primary button.
const button = document.querySelector("[data-testid='primary-action'] button");
if (!button) return { step: false, primary: [], distance: 0 };
const inDialog = (node) => node.closest("[role='dialog']:not([aria-modal='false'])") !== null;
// Disabled buttons all look alike, whatever they are otherwise.
const isDisabled = (node) => node.disabled || node.getAttribute("aria-disabled") === "true";
const looks = isDisabled(button) ? null : getComputedStyle(button).backgroundColor;
const looksPrimary = (node) => !isDisabled(node) && (getComputedStyle(node).backgroundColor === looks || /variant-primary/.test(node.className));
const primary = [...document.querySelectorAll("button, a, [role='button']")].filter(
  (node) => node.checkVisibility() && !inDialog(node) && (node === button || looksPrimary(node)),
);
const box = button.getBoundingClientRect();
const beyond = Math.max(0, box.bottom - innerHeight, -box.top);
return { step: true, primary: primary.map((node) => node.dataset.testid ?? node.textContent.trim()), distance: beyond / innerHeight };
