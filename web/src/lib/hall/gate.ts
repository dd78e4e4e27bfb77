/** What a ticket comes to at a gate, without a network. Pure but for the hash. */

/** What a phone at a gate carries of one event: no name. */
export interface GateEvent {
  campaign_id: string;
  name: string;
  opens_at: string;
  closes_at: string;
  gates: string[];
  /** Base64: of each ticket ten bytes, see `readTickets`. */
  tickets: string;
  used: string[];
  stands: { stand_id: string; number: string; name: string }[];
  inside: number;
  invited: number;
}

export const KINDS = ['worker', 'umkm', 'bank', 'perisai', 'official', 'guest'] as const;
export const NEEDS = ['wheelchair', 'sign', 'guide', 'seat', 'companion'] as const;
export type Kind = (typeof KINDS)[number];
export type Need = (typeof NEEDS)[number];

export interface Ticket {
  kind: Kind;
  needs: Need[];
  cancelled: boolean;
  /** Where the office knows that it was let in. */
  used?: string;
}

const HASH = 6;
const WIDTH = HASH + 4;
const LETTERS = /^[2-9A-HJ-NP-Z]{13}$/;

/** The tickets of an event by the first bytes of their hashes: six of the hash, then kind, needs as bits, cancelled, and where it was used. */
export function readTickets(event: Pick<GateEvent, 'tickets' | 'used'>): Map<string, Ticket> {
  const bytes = Uint8Array.from(atob(event.tickets || ''), (c) => c.charCodeAt(0));
  const found = new Map<string, Ticket>();
  for (let at = 0; at + WIDTH <= bytes.length; at += WIDTH) {
    const [kind = 0, needs = 0, cancelled = 0, used = 0] = bytes.subarray(at + HASH, at + WIDTH);
    found.set(hex(bytes.subarray(at, at + HASH)), {
      kind: KINDS[kind] ?? 'guest', needs: NEEDS.filter((_, n) => needs & (1 << n)), cancelled: cancelled === 1, used: used ? event.used[used - 1] : undefined
    });
  }
  return found;
}

const hex = (bytes: Uint8Array) => [...bytes].map((b) => b.toString(16).padStart(2, '0')).join('');

/** The code in what was scanned – the address of the ticket's page – or typed; undefined when there is none. */
export function readCode(text: string): string | undefined {
  const last = text.trim().split('/').at(-1)!.split(/[?#]/)[0]!;
  const code = last.toUpperCase().replace(/[\s.-]/g, '');
  return LETTERS.test(code) ? code : undefined;
}

/** By what a phone knows a ticket. */
export async function hashOf(code: string): Promise<string> {
  return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(code))).subarray(0, HASH));
}

/** What this phone let in itself. */
export interface OwnCheck {
  hash: string;
  gate: string;
  at: string;
  /** The operation that tells it. */
  id: string;
}

export type Verdict =
  | { kind: 'ok'; ticket: Ticket }
  | { kind: 'used'; ticket: Ticket; gate: string; at?: string }
  | { kind: 'cancelled'; ticket: Ticket }
  | { kind: 'unknown' };

/** What is said of a ticket at once. A ticket that this phone let in, or of which the office knows that another did, is used. */
export function judge(hash: string, tickets: Map<string, Ticket>, own: readonly OwnCheck[]): Verdict {
  const ticket = tickets.get(hash);
  if (!ticket) return { kind: 'unknown' };
  if (ticket.cancelled) return { kind: 'cancelled', ticket };
  const mine = own.find((c) => c.hash === hash);
  if (mine) return { kind: 'used', ticket, gate: mine.gate, at: mine.at };
  if (ticket.used) return { kind: 'used', ticket, gate: ticket.used };
  return { kind: 'ok', ticket };
}
