import { read, write } from './idb';

/** How far this phone's clock is off, as the office last saw it. */
interface Known {
  /** Office less phone, milliseconds. */
  skew: number;
  /** The latest moment that has surely been: no clock set back goes behind it. */
  latest: number;
}

const KEY = 'clock';
/** The office corrects times of a phone that is further off, and does not trust them in a sweep. */
export const TRUSTED = 5 * 60_000;
let known: Known = { skew: 0, latest: 0 };

export async function loadClock(): Promise<void> {
  known = (await read<Known>('meta', KEY).catch(() => undefined)) ?? known;
}

/** Takes the office's time, just heard. */
export async function learnTime(serverTime: string, local = Date.now()): Promise<void> {
  const moment = Date.parse(serverTime);
  if (Number.isNaN(moment)) return;
  known = { skew: moment - local, latest: Math.max(moment, known.latest) };
  await write('meta', KEY, known).catch(() => undefined);
}

/** What time it is by the office's clock, as well as this phone can tell. */
export const trueNow = (local = Date.now()): number => Math.max(local + known.skew, known.latest);

/** How far the clock is off, milliseconds; above zero when the phone is late. */
export const clockOff = (): number => known.skew;
