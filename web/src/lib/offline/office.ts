import { recipientOf, type Recipient } from './envelope';
import { read, write } from './idb';

/** The office's public key: finished records are sealed to it. */
export interface OfficeKey {
  key_id: string;
  public_key: string;
}

const KEY = 'office';
let kept: { of: string; recipient: Recipient } | undefined;

/** Keeps the key that the office told. One that is no key is not taken. */
export async function keepOfficeKey(told: OfficeKey | undefined): Promise<void> {
  if (!told) return;
  await recipientOf(told.key_id, told.public_key);
  await write('keys', KEY, { key_id: told.key_id, public_key: told.public_key });
}

/** The key to seal to; undefined on a phone that never heard of one. */
export async function officeKey(): Promise<Recipient | undefined> {
  const told = await read<OfficeKey>('keys', KEY);
  if (!told) return undefined;
  if (kept?.of !== told.public_key) kept = { of: told.public_key, recipient: await recipientOf(told.key_id, told.public_key) };
  return kept.recipient;
}
