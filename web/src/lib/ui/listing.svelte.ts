import type { Problem } from '../api/problem';

const REST = 250;

/** A list of the office that is searched while somebody types, page after page. A late answer never replaces a newer one. */
export class Listing<T> {
  items = $state.raw<T[] | undefined>();
  next = $state<string | undefined>();
  problem = $state.raw<Problem | undefined>();
  text = $state('');
  #turn = 0;
  #clock: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly find: (text: string, cursor?: string) => Promise<{ items: T[]; next_cursor?: string }>) {}

  /** For onMount: the first page, and no search after the page is left. */
  start = (): (() => void) => {
    void this.load();
    return () => clearTimeout(this.#clock);
  };

  load = async (cursor?: string): Promise<void> => {
    const mine = ++this.#turn;
    try {
      const answer = await this.find(this.text.trim(), cursor);
      if (mine !== this.#turn) return;
      this.items = cursor ? [...(this.items ?? []), ...answer.items] : answer.items;
      [this.next, this.problem] = [answer.next_cursor || undefined, undefined];
    } catch (error) {
      if (mine === this.#turn) this.problem = error as Problem;
    }
  };

  typed = (): void => {
    clearTimeout(this.#clock);
    this.#clock = setTimeout(() => void this.load(), REST);
  };
}
