import type { Certificate, CertificateKey, CertificateState, Power } from '../api/field';
import { fromBase64, textOf, utf8 } from '../offline/bytes';

/** What a signed token says of its bearer. */
export interface Claim {
  number: string;
  name: string;
  office: string;
  powers: Power[];
  from: string;
  until: string;
}

/** Why an agent may not register now. */
export type Closed = Exclude<CertificateState, 'valid'> | 'power' | 'forged' | 'unknown';

const HEAD = 'JRC1.';
const EC = { name: 'ECDSA', namedCurve: 'P-256' } as const;

/** What a token says, once its signature stands under one of the office's keys; undefined otherwise. Works without a network. */
export async function readToken(token: string, keys: CertificateKey[]): Promise<Claim | undefined> {
  const at = token.lastIndexOf('.');
  if (!token.startsWith(HEAD) || at <= HEAD.length) return undefined;
  try {
    const said = JSON.parse(textOf(fromBase64(token.slice(HEAD.length, at)))) as Record<string, unknown>;
    const own = keys.find((k) => k.key_id === said.k);
    if (!own || said.v !== 1) return undefined;
    const key = await crypto.subtle.importKey('spki', fromBase64(own.public_key), EC, false, ['verify']);
    const right = await crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, fromBase64(token.slice(at + 1)), utf8(token.slice(0, at)));
    if (!right) return undefined;
    const { n, nm, o, p, f, u } = said as { n: string; nm: string; o: string; p: Power[]; f: string; u: string };
    return { number: n, name: nm, office: o, powers: p, from: f, until: u };
  } catch {
    return undefined;
  }
}

/**
 * Whether an agent may register on a day, as far as the phone can know: the token's signature
 * and dates, and what the office last said of it. Undefined says that he may.
 */
export function closedFor(power: Power, certificate: Certificate | undefined, claim: Claim | undefined, today: string): Closed | undefined {
  if (!certificate) return 'unknown';
  if (certificate.state === 'none' || !certificate.token) return 'none';
  if (!claim) return 'forged';
  if (certificate.state === 'revoked' || certificate.state === 'suspended') return certificate.state;
  if (today < claim.from) return 'not_begun';
  if (today > claim.until) return 'expired';
  return claim.powers.includes(power) ? undefined : 'power';
}

/** A minute, in milliseconds: as long as a code holds. */
export const MINUTE = 60_000;

/** The key behind the codes of a minute, such that nobody can read it out again. */
export const codeKey = (secret: string): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', fromBase64(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);

/** The six digits of the minute of a moment: the first four bytes of HMAC-SHA256 over its count since 1970. */
export async function codeAt(key: CryptoKey, moment: number): Promise<string> {
  const minute = new DataView(new ArrayBuffer(8));
  minute.setBigUint64(0, BigInt(Math.floor(moment / MINUTE)));
  const mac = new DataView(await crypto.subtle.sign('HMAC', key, minute.buffer));
  return String(mac.getUint32(0) % 1_000_000).padStart(6, '0');
}
