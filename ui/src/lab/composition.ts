/** Texts that an input method composes, as Hangul syllables: their keys are the input method's, not the page's. */

/** What key events of the page and of the design system have in common. */
interface KeyPress {
  isComposing?: boolean;
  keyCode: number;
}

/** The code of every key that an input method has taken; WebKit sends it also for the key that ends the composition. */
const TAKEN = 229;

export function isComposing({ isComposing, keyCode }: KeyPress): boolean {
  return isComposing === true || keyCode === TAKEN;
}
