import { get } from '../api/client';
import type { Problem } from '../api/problem';
import { uuidv7 } from '../api/uuid';
import { learnTime, trueNow } from '../offline/clock';
import { read, write } from '../offline/idb';
import { add, items } from '../offline/outbox.svelte';
import * as sync from '../offline/sync.svelte';
import { session } from '../session.svelte';
import { hashOf, judge, readTickets, type GateEvent, type OwnCheck, type Verdict } from './gate';

/** What the phone carries for gates, as it lies on the phone. */
interface Kept {
  events: GateEvent[];
  at: number;
}
/** Where somebody stands: at a gate of an event, or at a stand of it. */
export interface Post {
  campaign: string;
  gate: string;
  stand?: string;
}

/** What this phone let in is kept for some days: by then the office has told it back. */
const KEPT_FOR = 5 * 86_400_000;
const state = $state<{ loaded: boolean; problem?: Problem }>({ loaded: false });
let kept = $state.raw<Kept | undefined>();
let own = $state.raw<OwnCheck[]>([]);
let post = $state.raw<Post | undefined>();

const key = (what: string) => `gate:${what}:${session()?.account.account_id ?? ''}`;
const refused = (id: string) => items().some((i) => i.id === id && (i.state === 'refused' || i.state === 'conflict'));

export const events = (): GateEvent[] => kept?.events ?? [];
export const keptAt = (): number => kept?.at ?? 0;
export const isLoaded = (): boolean => state.loaded;
export const gateProblem = (): Problem | undefined => state.problem;
export const standing = (): Post | undefined => post;
/** What this phone let in at an event, without what the office refused. */
export const letIn = (campaign: string): OwnCheck[] => own.filter((c) => c.id.startsWith(campaign + '/') && !refused(c.id.slice(campaign.length + 1)));

/** Reads what the phone kept. Never throws. */
export async function loadGate(): Promise<void> {
  [kept, own, post] = await Promise.all([
    read<Kept>('meta', key('pack')).catch(() => undefined), read<OwnCheck[]>('meta', key('own')).then((o) => o ?? [], () => []), read<Post>('meta', key('post')).catch(() => undefined)
  ]);
  state.loaded = true;
}

/** Brings the newest lists, when there is a network. Never throws. */
export async function refreshGate(): Promise<void> {
  try {
    const asked = Date.now();
    const answer = await get<{ server_time: string; events: GateEvent[] }>('/field/gate', { timeout: 20_000 });
    await learnTime(answer.server_time, asked + (Date.now() - asked) / 2);
    kept = { events: answer.events, at: trueNow() };
    own = own.filter((c) => trueNow() - Date.parse(c.at) < KEPT_FOR);
    state.problem = undefined;
    await write('meta', key('pack'), kept).catch(() => undefined);
  } catch (error) {
    state.problem = error as Problem;
  }
}

export async function standAt(where: Post | undefined): Promise<void> {
  post = where;
  await write('meta', key('post'), where).catch(() => undefined);
}

/** Says what a ticket comes to, and when it lets in keeps that for sending: it returns when the phone has it on disk. */
export async function check(event: GateEvent, gate: string, code: string): Promise<Verdict> {
  const hash = await hashOf(code);
  const verdict = judge(hash, readTickets(event), letIn(event.campaign_id));
  if (verdict.kind === 'ok') await keep(event, gate, code, hash);
  return verdict;
}

/** Keeps that somebody was let in; who decides at the gate decides. */
export async function keep(event: GateEvent, gate: string, code: string, hash?: string): Promise<void> {
  const campaign = event.campaign_id;
  const id = uuidv7();
  const next = [...own, { hash: hash ?? (await hashOf(code)), gate, at: new Date(trueNow()).toISOString(), id: `${campaign}/${id}` }];
  await add({
    id, kind: 'ticket.check', label: `…${code.slice(-3)}`, agent: session()!.account.account_id, body: { campaign_id: campaign, code, gate },
    beside: { stores: ['meta'], put: (s) => void s.meta.put($state.snapshot(next), key('own')) }
  });
  own = next;
  void sync.flush();
}

/** Keeps a stamp of a stand for sending. */
export async function stamp(event: GateEvent, stand: string, code: string): Promise<Verdict> {
  const ticket = readTickets(event).get(await hashOf(code));
  if (!ticket) return { kind: 'unknown' };
  if (ticket.cancelled) return { kind: 'cancelled', ticket };
  await add({ kind: 'stamp.give', label: `…${code.slice(-3)}`, agent: session()!.account.account_id, body: { campaign_id: event.campaign_id, code, stand_id: stand } });
  void sync.flush();
  return { kind: 'ok', ticket };
}
