import type { Problem } from './api/problem';
import { lang } from './i18n/index.svelte';

interface Follow {
  /** Milliseconds between two looks while somebody looks at the page. */
  every?: number;
  /** It is asked for again when somebody comes back to the page. */
  back?: boolean;
  /** True while an act is on its way: then nothing is asked. */
  busy?: () => boolean;
}

/**
 * The one thing that a page shows. It is asked for at once, again when what it is asked by or the
 * language changes, and as often as told; what stood there stays until an answer comes, and a late
 * answer never replaces a newer one. Made while a component is set up; it ends with it.
 */
export class Asked<T> {
  #it = $state.raw<T | undefined>();
  problem = $state.raw<Problem | undefined>();
  #turn = 0;

  constructor(private readonly ask: () => Promise<T>, { every, back = !!every, busy }: Follow = {}) {
    $effect(() => {
      void lang();
      void this.load();
      const look = () => document.visibilityState === 'visible' && !busy?.() && void this.load();
      const clock = every && setInterval(look, every);
      if (back) document.addEventListener('visibilitychange', look);
      return () => {
        clearInterval(clock);
        document.removeEventListener('visibilitychange', look);
      };
    });
  }

  get it(): T | undefined {
    return this.#it;
  }

  /** What an act answered is newer than all that is still on its way. */
  set it(now: T | undefined) {
    this.#turn++;
    [this.#it, this.problem] = [now, undefined];
  }

  load = async (): Promise<void> => {
    const mine = ++this.#turn;
    try {
      const now = await this.ask();
      if (mine === this.#turn) this.it = now;
    } catch (error) {
      if (mine === this.#turn) this.problem = error as Problem;
    }
  };
}
