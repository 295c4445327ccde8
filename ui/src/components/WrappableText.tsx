/** A name or an address that may go on in the next line after a stroke, a colon or an equals sign, and not in the middle of a word. */
import { Fragment } from "react";

/** A digest's hexadecimal digits stay with what they are a digest by. */
const PIECES = /(?:sha256:)?[^/:=@]*[/:=@]*/g;

export function WrappableText({ text }: { text: string }) {
  const pieces = (text.match(PIECES) ?? []).filter((piece) => piece !== "");
  return pieces.map((piece, at) => (
    <Fragment key={at}>
      {at > 0 ? <wbr /> : null}
      {piece}
    </Fragment>
  ));
}
