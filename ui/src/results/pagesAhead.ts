/** Reads the next page before someone turns to it: turning then takes only as long as drawing the page. */
import type { Page, Query } from "../ipc/client";

export class PagesAhead {
  readonly #read: (query: Query) => Promise<Page>;
  #ahead: { key: string; page: Promise<Page> } | null = null;

  constructor(read: (query: Query) => Promise<Page>) {
    this.#read = read;
  }

  /** The page that the query asks for: the one that was read ahead, if it is that. A scan that is repeated has another revision. */
  page(query: Query, revision: string): Promise<Page> {
    const ahead = this.#ahead;
    this.#ahead = null;
    // What could not be read ahead is read again: it is only now that someone wants to know why not.
    return ahead?.key === keyOf(query, revision) ? ahead.page.catch(() => this.#read(query)) : this.#read(query);
  }

  /** Reads the page after this result of the query, if there is one. */
  readAfter(query: Query, revision: string, { page, pageSize, total }: Page): void {
    if ((page + 1) * pageSize >= total) return;
    const next = { ...query, page: page + 1 };
    const ahead = { key: keyOf(next, revision), page: this.#read(next) };
    ahead.page.catch(() => undefined);
    this.#ahead = ahead;
  }
}

function keyOf(query: Query, revision: string): string {
  return `${revision} ${JSON.stringify(query)}`;
}
