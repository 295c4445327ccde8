/** When the text of a field is a text: not while letters are composed, such as the Hangul syllable of several keys. */

export class ComposedText {
  #composing = false;
  #text = "";

  startComposition(): void {
    this.#composing = true;
  }

  /** The text to report, if it is another one than the last. */
  endComposition(text: string): string | null {
    this.#composing = false;
    return this.changed(text);
  }

  changed(text: string): string | null {
    if (this.#composing || text === this.#text) return null;
    this.#text = text;
    return text;
  }
}
