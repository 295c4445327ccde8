/** Which references can be opened: the shell refuses all other hosts, so those are shown as text. */
const HOSTS: readonly string[] = [
  "aws.amazon.com",
  "cisa.gov",
  "cve.org",
  "debian.org",
  "first.org",
  "github.com",
  "logging.apache.org",
  "mitre.org",
  "nist.gov",
];

export function canOpen(address: string): boolean {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return false;
  }
  const plain = url.protocol === "https:" && url.username === "" && url.password === "" && url.port === "";
  return plain && HOSTS.some((host) => url.hostname === host || url.hostname.endsWith(`.${host}`));
}
