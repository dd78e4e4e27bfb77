import { api } from '../api';
import { field } from '../api/field';
import { toBase64 as base64, utf8 } from './bytes';
import { read, remove, write } from './idb';
import { keepOfficeKey } from './office';

/** This phone as the office knows it. The private key never leaves the browser, not even to us. */
export interface DeviceKey {
  device_id: string;
  name: string;
  account_id: string;
  enrolled_at: string;
  keys: CryptoKeyPair;
}

const KEY = 'device';
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' } as const;

export const newKeys = () => crypto.subtle.generateKey(ALGORITHM, false, ['sign', 'verify']);

/** The public half as the server takes it: SPKI, base64. */
export async function publicKey(keys: CryptoKeyPair): Promise<string> {
  return base64(await crypto.subtle.exportKey('spki', keys.publicKey));
}

export async function ownDevice(): Promise<DeviceKey | undefined> {
  try {
    return await read<DeviceKey>('keys', KEY);
  } catch {
    return undefined;
  }
}

/** Makes a key, tells the office its public half, keeps both. Throws Problem. */
export async function enrol(name: string, account: string): Promise<DeviceKey> {
  const keys = await newKeys();
  const { device_id } = await api.enrol(name, await publicKey(keys));
  const device: DeviceKey = { device_id, name, account_id: account, enrolled_at: new Date().toISOString(), keys };
  await write('keys', KEY, device);
  await field.sealKey().then(keepOfficeKey).catch(() => undefined); // the day's pack brings it, too
  return device;
}

export const forgetDevice = () => remove('keys', KEY);

/** ECDSA over SHA-256 of the text, as 64 bytes r‖s in base64. */
export async function sign(keys: CryptoKeyPair, text: string): Promise<string> {
  return base64(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, keys.privateKey, utf8(text)));
}

export async function sha256Hex(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', utf8(text));
  return Array.from(new Uint8Array(digest), (b) => b.toString(16).padStart(2, '0')).join('');
}
