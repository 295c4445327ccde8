/** Dialogs that take every key and click until they are closed. */

/** What is in a modal dialog. Cloudscape's dialogs do not say `aria-modal`; a panel that is not modal says so itself. */
const MODAL = '[role="dialog"]:not([aria-modal="false"])';

/** Whether one is open: Cloudscape keeps closed ones in the page, without a box. */
export function isModalOpen(): boolean {
  return [...document.querySelectorAll(MODAL)].some((dialog) => dialog.checkVisibility());
}
