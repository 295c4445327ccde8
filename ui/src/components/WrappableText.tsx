/** A name or an address that may break after a slash, a colon, an equals sign or an index sign, and not within a word. */
import { Fragment } from "react";

/** `sha256:` stays with the digits that follow it. */
const PIECES = /(?:sha256:)?[^/:=@]*[/:=@]*/g;

export function WrappableText({ text }: { text: string }) {
  const pieces = (text.match(PIECES) ?? []).filter((piece) => piece !== "");
  return pieces.map((piece, index) => (
    <Fragment key={index}>
      {index > 0 ? <wbr /> : null}
      {piece}
    </Fragment>
  ));
}
