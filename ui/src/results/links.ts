/** Which addresses can be opened: the shell rejects all other hosts, so those are shown as text. */
import { LINK_HOSTS } from "../ipc/client";

export function canOpen(address: string): boolean {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return false;
  }
  const plainHttps = url.protocol === "https:" && url.username === "" && url.password === "" && url.port === "";
  return plainHttps && LINK_HOSTS.some((host) => url.hostname === host || url.hostname.endsWith(`.${host}`));
}
