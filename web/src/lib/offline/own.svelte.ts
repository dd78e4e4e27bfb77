import { uuidv7 } from '../api/uuid';
import { newPair, open, sealTo, type Envelope } from './envelope';
import { change, read, readAll, write } from './idb';

/**
 * The phone's own key. It seals what the phone must read again: drafts, and the short
 * names in the box. Finished records are not under it but under the office's key. With a PIN
 * its private half is kept wrapped, so a found phone shows no draft; whoever forgets the PIN
 * loses drafts and names, never a record.
 */
interface OwnKey {
  id: string;
  publicKey: CryptoKey;
  /** Without a PIN. */
  privateKey?: CryptoKey;
  /** With a PIN. */
  wrapped?: Wrapped;
}

interface Wrapped {
  salt: Uint8Array<ArrayBuffer>;
  rounds: number;
  iv: Uint8Array<ArrayBuffer>;
  data: ArrayBuffer;
}

/** A text under the phone's own key; the older form was AES-GCM under one secret key. */
export type Sealed = Envelope | { iv: Uint8Array<ArrayBuffer>; data: ArrayBuffer };

const KEY = 'own';
const OLD_KEY = 'seal';
const NAME = 'own';
/** OWASP's least for PBKDF2 with SHA-256. */
const ROUNDS = 600_000;
export const PIN_LEAST = 6;

const state = $state<{ pin: boolean; locked: boolean; at: number }>({ pin: false, locked: false, at: 0 });
let opened: { id: string; key: CryptoKey } | undefined;

/** Whether a PIN guards this phone. */
export const hasPin = (): boolean => state.pin;
/** Whether the PIN is asked for before anything is shown. */
export const locked = (): boolean => state.locked;
/** Rises each time the phone is opened: what could not be read before can be now. */
export const openings = (): number => state.at;

/** Looks at the key that is kept; makes one on a new phone. */
export async function loadOwn(): Promise<void> {
  const own = await ownKey();
  state.pin = !!own.wrapped;
  state.locked = !!own.wrapped && opened?.id !== own.id;
}

async function ownKey(): Promise<OwnKey> {
  const kept = await read<OwnKey>('keys', KEY);
  if (kept) return kept;
  const pair = await newPair(false);
  const made: OwnKey = { id: uuidv7(), publicKey: pair.publicKey, privateKey: pair.privateKey };
  await write('keys', KEY, made);
  return made;
}

async function privateKey(own: OwnKey): Promise<CryptoKey | undefined> {
  return own.privateKey ?? (opened?.id === own.id ? opened.key : undefined);
}

/** Seals a value under the phone's own key; possible while it is locked, too. */
export async function seal(value: unknown): Promise<Sealed> {
  const own = await ownKey();
  return sealTo({ key_id: own.id, key: own.publicKey }, NAME, JSON.stringify(value));
}

/** The value back; undefined while the phone is locked, or when it is another browser's or damaged. */
export async function unseal<T>(sealed: Sealed | undefined): Promise<T | undefined> {
  if (!sealed) return undefined;
  try {
    if ('iv' in sealed) return await unsealOld<T>(sealed);
    const key = await privateKey(await ownKey());
    return key && (JSON.parse(await open(key, NAME, sealed)) as T);
  } catch {
    return undefined;
  }
}

async function unsealOld<T>(sealed: { iv: Uint8Array<ArrayBuffer>; data: ArrayBuffer }): Promise<T | undefined> {
  const key = await read<CryptoKey>('keys', OLD_KEY);
  if (!key) return undefined;
  return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: 'AES-GCM', iv: sealed.iv }, key, sealed.data))) as T;
}

async function keyOfPin(pin: string, salt: Uint8Array<ArrayBuffer>, rounds: number): Promise<CryptoKey> {
  const root = await crypto.subtle.importKey('raw', new TextEncoder().encode(pin), 'PBKDF2', false, ['deriveKey']);
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds };
  return crypto.subtle.deriveKey(how, root, { name: 'AES-GCM', length: 256 }, false, ['wrapKey', 'unwrapKey']);
}

/** Puts a PIN on the phone: a new key, and all that was under the old one sealed anew. The phone must be open. */
export async function setPin(pin: string, rounds = ROUNDS): Promise<void> {
  const pair = await newPair(true);
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.wrapKey('pkcs8', pair.privateKey, await keyOfPin(pin, salt, rounds), { name: 'AES-GCM', iv });
  await takeOver({ id: uuidv7(), publicKey: pair.publicKey, wrapped: { salt, rounds, iv, data } });
  if (!(await unlock(pin))) throw new Error('the key does not open');
}

/** Takes the PIN off. The phone must be open. */
export async function removePin(): Promise<void> {
  const pair = await newPair(false);
  await takeOver({ id: uuidv7(), publicKey: pair.publicKey, privateKey: pair.privateKey });
  await loadOwn();
}

/** Opens the phone; false when the PIN is another. */
export async function unlock(pin: string): Promise<boolean> {
  const own = await ownKey();
  if (own.wrapped) {
    const { salt, rounds, iv, data } = own.wrapped;
    try {
      const kek = await keyOfPin(pin, salt, rounds);
      const key = await crypto.subtle.unwrapKey('pkcs8', data, kek, { name: 'AES-GCM', iv }, { name: 'ECDH', namedCurve: 'P-256' }, false, ['deriveBits']);
      opened = { id: own.id, key };
    } catch {
      return false;
    }
  }
  await loadOwn();
  state.at++;
  return true;
}

/** Locks a phone that has a PIN. */
export function lock(): void {
  opened = undefined;
  state.locked = state.pin;
}

/** A forgotten PIN: drafts and names are gone, records stay as they are. */
export async function forgetPin(): Promise<void> {
  const pair = await newPair(false);
  const own: OwnKey = { id: uuidv7(), publicKey: pair.publicKey, privateKey: pair.privateKey };
  await change(['keys', 'draft'], (s) => {
    s.keys.put(own, KEY);
    s.draft.clear();
  });
  opened = undefined;
  await loadOwn();
  state.at++;
}

/** Seals under a new key what the present one opens; then the new one is the phone's. */
async function takeOver(own: OwnKey): Promise<void> {
  const anew = async (sealed: Sealed) => {
    const value = await unseal(sealed);
    return value === undefined ? sealed : sealTo({ key_id: own.id, key: own.publicKey }, NAME, JSON.stringify(value));
  };
  const rows = await Promise.all((await readAll<{ id: string; content: Sealed }>('outbox')).map(async (r) => ({ ...r, content: await anew(r.content) })));
  const drafts = await Promise.all((await readAll<{ name: string; sealed: Sealed }>('draft')).filter((d) => d.name).map(async (d) => ({ ...d, sealed: await anew(d.sealed) })));
  await change(['keys', 'outbox', 'draft'], (s) => {
    s.keys.put(own, KEY);
    rows.forEach((r) => s.outbox.put(r, r.id));
    drafts.forEach((d) => s.draft.put(d, d.name));
  });
}
