import { read, write } from './idb';

/** A sealed text: AES-GCM under a key that this browser holds and nobody can read out. */
export interface Sealed {
  iv: Uint8Array<ArrayBuffer>;
  data: ArrayBuffer;
}

const KEY = 'seal';
let key: Promise<CryptoKey> | undefined;

async function sealKey(): Promise<CryptoKey> {
  key ??= (async () => {
    const kept = await read<CryptoKey>('keys', KEY);
    if (kept) return kept;
    const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
    await write('keys', KEY, made);
    return made;
  })();
  key.catch(() => (key = undefined));
  return key;
}

export async function seal(value: unknown): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, await sealKey(), new TextEncoder().encode(JSON.stringify(value)));
  return { iv, data };
}

/** The value back; undefined when it cannot be opened (another browser's, or damaged). */
export async function unseal<T>(sealed: Sealed): Promise<T | undefined> {
  try {
    const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: sealed.iv }, await sealKey(), sealed.data);
    return JSON.parse(new TextDecoder().decode(plain)) as T;
  } catch {
    return undefined;
  }
}
