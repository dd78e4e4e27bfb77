import { toBase64, utf8 } from './bytes';
import { read, write } from './idb';

/** Who was recorded on this phone, by a keyed hash of the NIK: the phone can recognise one, and list none. */
interface Seen {
  hash: string;
  id: string;
  at: string;
}

const KEY = 'seen';
const MOST = 2000;

async function hashOf(nik: string): Promise<string> {
  let key = await read<CryptoKey>('keys', KEY);
  if (!key) {
    key = await crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256', length: 256 }, false, ['sign']);
    await write('keys', KEY, key);
  }
  return toBase64(await crypto.subtle.sign('HMAC', key, utf8(nik))).slice(0, 22);
}

/** Notes that the operation `id` recorded this NIK. Never throws: it only serves a hint. */
export async function noteSeen(nik: string, id: string, at: string): Promise<void> {
  try {
    const hash = await hashOf(nik);
    const list = ((await read<Seen[]>('meta', KEY)) ?? []).filter((s) => s.hash !== hash && s.id !== id);
    await write('meta', KEY, [...list, { hash, id, at }].slice(-MOST));
  } catch {
    // the office finds the duplicate
  }
}

/** The earlier record of this NIK on this phone, other than the operation `than`. */
export async function seenBefore(nik: string, than: string[]): Promise<{ id: string; at: string } | undefined> {
  try {
    const hash = await hashOf(nik);
    return ((await read<Seen[]>('meta', KEY)) ?? []).find((s) => s.hash === hash && !than.includes(s.id));
  } catch {
    return undefined;
  }
}
