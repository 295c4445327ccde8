/** A name or an address that may go on in the next line after a stroke, a colon or an equals sign, and not in the middle of a word. */
import { Fragment } from "react";

export function Breakable({ text }: { text: string }) {
  const parts = text.split(/(?<=[/:=@])(?=\S)/);
  return parts.map((part, at) => (
    <Fragment key={at}>
      {at > 0 ? <wbr /> : null}
      {part}
    </Fragment>
  ));
}
