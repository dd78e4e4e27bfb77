import { dayOf } from '../i18n/index.svelte';
import { trueNow } from '../offline/clock';

const state = $state({ at: Date.now() });

/** The moment by the office's clock, brought up to date while `tick` runs. */
export const now = (): number => state.at;
/** The office's day of now. */
export const todayNow = (): string => dayOf(state.at);

/** Keeps `now` going. Returns what stops it. */
export function tick(every = 10_000): () => void {
  const look = () => (state.at = trueNow());
  look();
  const clock = setInterval(look, every);
  document.addEventListener('visibilitychange', look);
  return () => {
    clearInterval(clock);
    document.removeEventListener('visibilitychange', look);
  };
}
