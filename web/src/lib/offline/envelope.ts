import { fromBase64, textOf, toBase64, utf8 } from './bytes';

/**
 * A text that only the holder of a private key opens: ECDH on P-256 with a key pair that is
 * thrown away, HKDF-SHA256, AES-256-GCM, bound to a name (the operation's id). P-256, because
 * browsers of older phones have no X25519.
 */
export interface Envelope {
  /** The key that it is sealed to. */
  k: string;
  /** The public point of the thrown-away pair: 65 bytes. */
  e: string;
  i: string;
  d: string;
}

/** A public key to seal to, and its name. */
export interface Recipient {
  key_id: string;
  key: CryptoKey;
}

const CURVE = { name: 'ECDH', namedCurve: 'P-256' } as const;
const INFO = 'jaring-seal-1|';

/** A pair for opening. */
export const newPair = (extractable: boolean): Promise<CryptoKeyPair> => crypto.subtle.generateKey(CURVE, extractable, ['deriveBits']);

/** The recipient of a raw point in base64, as the office tells it. Throws when it is no point of the curve. */
export async function recipientOf(key_id: string, point: string): Promise<Recipient> {
  return { key_id, key: await crypto.subtle.importKey('raw', fromBase64(point), CURVE, false, []) };
}

/** Seals a text. `own` and `iv` are given by tests only. */
export async function sealTo(to: Recipient, name: string, text: string, own?: CryptoKeyPair, iv = crypto.getRandomValues(new Uint8Array(12))): Promise<Envelope> {
  own ??= await newPair(true);
  const key = await sharedKey(own.privateKey, to.key, name, 'encrypt');
  const d = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: utf8(name) }, key, utf8(text));
  return { k: to.key_id, e: toBase64(await crypto.subtle.exportKey('raw', own.publicKey)), i: toBase64(iv), d: toBase64(d) };
}

/** Opens a text. Throws when it was made for another key or name, or is damaged. */
export async function open(privateKey: CryptoKey, name: string, sealed: Envelope): Promise<string> {
  const { key: point } = await recipientOf('', sealed.e);
  const key = await sharedKey(privateKey, point, name, 'decrypt');
  const iv = fromBase64(sealed.i);
  return textOf(await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData: utf8(name) }, key, fromBase64(sealed.d)));
}

async function sharedKey(mine: CryptoKey, theirs: CryptoKey, name: string, use: KeyUsage): Promise<CryptoKey> {
  const secret = await crypto.subtle.deriveBits({ name: 'ECDH', public: theirs }, mine, 256);
  const root = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey']);
  const how = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: utf8(INFO + name) };
  return crypto.subtle.deriveKey(how, root, { name: 'AES-GCM', length: 256 }, false, [use]);
}
