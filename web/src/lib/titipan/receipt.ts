/** The receipt that a phone signs for money it took: its code, and the exact text under the signature. */

/** 32 letters, none of which is read as another: no 0 and O, no 1 and I. */
export const LETTERS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
/** 13 letters are 65 random bits: nobody guesses one. */
export const LENGTH = 13;

/** A new code. Each byte gives five bits, so that every letter is as likely as another. */
export function newCode(bytes: Uint8Array = crypto.getRandomValues(new Uint8Array(LENGTH))): string {
  return Array.from(bytes.subarray(0, LENGTH), (b) => LETTERS[b & 31]).join('');
}

/** `J7K4-M2QX-9TRVA`: as it is written on a card and read out. */
export const groupCode = (code: string): string => code.replace(/^(.{4})(.{4})(.+)$/, '$1-$2-$3');

/** The code in what was typed, pasted or scanned – the address of a QR, too; undefined when there is none. */
export function readCode(text: string): string | undefined {
  const code = text.slice(text.lastIndexOf('#') + 1).toUpperCase().replace(/[^0-9A-Z]/g, '');
  return code.length === LENGTH && [...code].every((c) => LETTERS.includes(c)) ? code : undefined;
}

/** What a QR of the receipt opens. The code stands behind #, so that no server on the way reads it. */
export const checkAddress = (code: string, origin: string): string => `${origin}/cek#${code}`;

export interface Signed {
  device_id: string;
  counter: number;
  code: string;
  /** Whole rupiah. */
  amount: number;
  months: number;
  /** As it is sent, to the second. */
  taken_at: string;
  /** The worker, or the operation that registered the worker. */
  person: string;
}

/** The lines that the device signs, each with its end. */
export const signedText = (r: Signed): string =>
  ['jaring-receipt-1', r.device_id, r.counter, r.code, r.amount, r.months, r.taken_at, r.person].join('\n') + '\n';

/** A moment to the second: the same text on every system that writes it again. */
export const toSecond = (ms: number): string => new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
