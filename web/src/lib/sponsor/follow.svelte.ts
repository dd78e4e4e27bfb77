import type { Problem } from '../api';
import { agreements, rosters } from './api';
import { moving } from './roster';
import type { Agreement, Roster } from './types';

const SOON = 700;
const EVERY = 2000;

/** A list as it moves on: looked at again while the office works on it. */
export class Follow {
  r = $state.raw<Roster | undefined>();
  /** What is paid for: the list's agreement. */
  a = $state.raw<Agreement | undefined>();
  problem = $state.raw<Problem | undefined>();
  private clock: ReturnType<typeof setTimeout> | undefined;
  private turn = 0;
  private id = '';

  /** Looks at a list and goes on looking; the one before is let go. */
  async load(id: string): Promise<void> {
    if (id !== this.id) [this.id, this.r, this.a] = [id, undefined, undefined];
    const mine = ++this.turn;
    clearTimeout(this.clock);
    try {
      const r = await rosters.get(id);
      if (mine === this.turn) this.put(r);
      if (mine === this.turn && !this.a) this.a = await agreements.get(r.sponsor_id, r.agreement_id).then((answer) => answer.data, () => undefined);
    } catch (error) {
      if (mine !== this.turn) return;
      this.problem = error as Problem;
      // What stands on the screen still holds; a passing trouble ends by itself.
      if (this.r && moving(this.r.state)) this.again(EVERY);
    }
  }

  /** Takes an answer of an act as the list that it is now. */
  put(r: Roster): void {
    const began = !this.r || this.r.state !== r.state || this.r.version !== r.version;
    [this.r, this.problem] = [r, undefined];
    if (moving(r.state)) this.again(began ? SOON : EVERY);
  }

  stop(): void {
    this.turn++;
    clearTimeout(this.clock);
  }

  private again(after: number): void {
    clearTimeout(this.clock);
    this.clock = setTimeout(() => void this.load(this.id), after);
  }
}
