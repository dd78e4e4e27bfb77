import type { Problem } from '../api/problem';
import { keepLoop, keptLoop } from './keep';
import { hallPublic, type Loop } from './public';

/** What stands on the screen for a while. */
export type Scene =
  | { kind: 'slide'; title: string; text?: string; picture?: string; film?: string }
  | { kind: 'entry' | 'register'; path: string }
  | { kind: 'stand'; number: string; name: string; owner?: string; product?: string; photo?: string };

/** Of many stands as many stand between two slides. */
const STANDS = 2;

/** The scenes of a loop in their order: slides, some stands after each, how one registers and how one signs up. */
export function scenesOf(loop: Loop): Scene[] {
  const stands = loop.stands.map((s): Scene => ({ kind: 'stand', ...s }));
  const slides = loop.slides.map((s): Scene => ({ kind: 'slide', ...s }));
  const entry: Scene[] = loop.entry_path ? [{ kind: 'entry', path: loop.entry_path }] : [];
  const register: Scene[] = loop.register_path ? [{ kind: 'register', path: loop.register_path }] : [];
  const lead = [...slides, ...register, ...entry];
  const each = lead.length ? Math.max(STANDS, Math.ceil(stands.length / lead.length)) : stands.length;
  const out = lead.flatMap((scene, n) => [scene, ...stands.slice(n * each, (n + 1) * each)]);
  return out.length ? out : stands;
}

const ASK = 5_000;
const LATE = 30_000;

/** The loop of a screen: it asks again and again for as long as the page is open, and says when it is late. */
export class LoopFeed {
  loop = $state.raw<Loop | undefined>();
  gone = $state(false);
  late = $state(false);
  #heard = Date.now();

  constructor(private readonly token: string) {}

  start(): () => void {
    void keptLoop(this.token).then((kept) => {
      if (kept && !this.loop && !this.gone) [this.loop, this.late, this.#heard] = [kept, true, Date.parse(kept.as_of)];
    });
    void this.#ask();
    const clock = setInterval(() => void this.#ask(), ASK);
    return () => clearInterval(clock);
  }

  async #ask(): Promise<void> {
    try {
      this.loop = await hallPublic.loop(this.token);
      void keepLoop(this.token, this.loop);
      this.#heard = Date.now();
      [this.gone, this.late] = [false, false];
    } catch (error) {
      const { status } = error as Problem;
      this.gone = status === 403 || status === 404;
      this.late = Date.now() - this.#heard > LATE;
    }
  }
}
