/** What the signed text of a badge proves without a network. */
import { readToken, type Claim } from '../field/certificate';
import type { BadgeState, Keys } from './api';

/** No signed text came along; it could not be checked; it is forged or broken; it belongs to another badge; it is right. */
export type Proof =
  | { kind: 'none' } | { kind: 'unchecked' } | { kind: 'forged' } | { kind: 'other'; claim: Claim } | { kind: 'right'; claim: Claim };

const plain = (number: string): string => number.toUpperCase().replace(/[^0-9A-Z]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');
/** Whether two numbers are the same, however they are written. */
export const sameNumber = (a: string, b: string): boolean => plain(a) === plain(b);

/** Judges the signed text behind # of a badge's address. */
export async function prove(token: string, number: string, keys: Keys | undefined): Promise<Proof> {
  if (!token) return { kind: 'none' };
  if (!keys) return { kind: 'unchecked' };
  const claim = await readToken(token, keys.items);
  if (!claim) return { kind: 'forged' };
  return sameNumber(claim.number, number) ? { kind: 'right', claim } : { kind: 'other', claim };
}

/** What a badge is on a day as far as its signed text and the list of stopped ones tell. */
export function stateOf(claim: Claim, keys: Pick<Keys, 'revoked' | 'suspended'>, today: string): BadgeState {
  if (keys.revoked.some((n) => sameNumber(n, claim.number))) return 'revoked';
  if (keys.suspended.some((n) => sameNumber(n, claim.number))) return 'suspended';
  if (today < claim.from) return 'not_begun';
  return today > claim.until ? 'expired' : 'valid';
}

const STORE = 'jaring.badge_keys';

/** Keeps the office's keys, so that the next badge is checked without signal too. */
export function keepKeys(keys: Keys): void {
  try {
    localStorage.setItem(STORE, JSON.stringify(keys));
  } catch {
    // asks again next time
  }
}

export function keptKeys(): Keys | undefined {
  try {
    const kept = JSON.parse(localStorage.getItem(STORE) ?? 'null') as Keys | null;
    return kept && Array.isArray(kept.items) && Array.isArray(kept.revoked) && Array.isArray(kept.suspended) ? kept : undefined;
  } catch {
    return undefined;
  }
}

/** The six digits of what was typed; undefined when they are not six. */
export function readCode(text: string): string | undefined {
  const digits = text.replace(/[\s.-]/g, '');
  return /^\d{6}$/.test(digits) ? digits : undefined;
}
