/** Hiding the digits of accounts where others look on: in whatever is said, wherever it comes from. */
import { createContext, useContext } from "react";

/** Whether they are hidden. */
export const MaskContext = createContext(false);

/** An account's twelve digits, wherever they stand in a text. */
const ACCOUNT = /\b\d{12}\b/g;

export function mask(text: string): string {
  return text.replace(ACCOUNT, (account) => `••••••••${account.slice(-4)}`);
}

/** Masks what is shown, if it is to be masked. */
export function useMasked(): (text: string) => string {
  return useContext(MaskContext) ? mask : same;
}

function same(text: string): string {
  return text;
}
