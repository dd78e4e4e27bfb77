import { api } from '../api';
import { read, write } from '../offline/idb';
import { FORMAT } from './format';
import type { PricePack } from './price';

const KEY = 'price_pack';
const AGAIN = 6 * 60 * 60 * 1000;
let asked = 0;

/** Brings the newest price tables onto the phone, at most every six hours. Never throws: without them the office's price is asked as before. */
export async function bringPrices(now = Date.now()): Promise<void> {
  if (now - asked < AGAIN) return;
  asked = now;
  try {
    const pack = await api.pricePack();
    if (pack.format !== FORMAT) return;
    await write('meta', KEY, pack);
    await write('meta', 'pack_version', pack.version);
  } catch {
    asked = 0;
  }
}

/** The tables on this phone; undefined when there are none. */
export const keptPrices = (): Promise<PricePack | undefined> => read<PricePack>('meta', KEY).catch(() => undefined);
