import { Problem } from '../api';
import { field, type FieldCampaign, type FieldPack } from '../api/field';
import { bringAreas } from '../offline/area';
import { learnTime, trueNow } from '../offline/clock';
import { read, write } from '../offline/idb';
import { keepOfficeKey } from '../offline/office';
import { isAgent, session } from '../session.svelte';
import { closedFor, codeKey, readToken, type Claim, type Closed } from './certificate';
import { now, todayNow } from './now.svelte';
import { settleVisits } from './visit.svelte';

/** The pack of the day as it lies on the phone; the secret of the codes is not in it. */
interface Kept {
  pack: FieldPack;
  tag?: string;
  /** When the office last said that it is so. */
  at: number;
}

let kept = $state.raw<Kept | undefined>();
let claim = $state.raw<Claim | undefined>();
const state = $state<{ loaded: boolean; problem?: Problem; busy: boolean }>({ loaded: false, busy: false });

const keyOf = () => 'day:' + (session()?.account.account_id ?? '');

/** What the phone carries for the day; undefined before the first time with a network. */
export const day = (): FieldPack | undefined => kept?.pack;
/** When the office last said that all this is so; 0 when it never did. */
export const dayAt = (): number => kept?.at ?? 0;
/** Whether the phone has been asked for it. */
export const dayLoaded = (): boolean => state.loaded;
/** Why it could not be brought up to date. */
export const dayProblem = (): Problem | undefined => state.problem;
/** What the signed certificate says; undefined when there is none or its signature is not the office's. */
export const ownClaim = (): Claim | undefined => claim;
/** Why this account may not register now; undefined says that it may. Desks need no certificate. */
export const closed = (): Closed | undefined => (isAgent() ? closedFor('register', kept?.pack.certificate, claim, todayNow()) : undefined);

/** A sweep of the day, by its id. */
export const sweep = (id: string | undefined): FieldCampaign | undefined => kept?.pack.campaigns.find((c) => c.campaign_id === id);

const RUNS = { open: 0, paused: 1, planned: 2, closed: 3, sealed: 4, cancelled: 5 } as const;

/** The sweep that is on – of several the one whose rank is told –, else the next, else the last. */
export function mainSweep(): FieldCampaign | undefined {
  const open = (kept?.pack.campaigns ?? []).filter((c) => c.state !== 'cancelled' && Date.parse(c.closes_at) > now() - 86_400_000);
  const ranked = (c: FieldCampaign) => (c.campaign_id === kept?.pack.own.rank?.campaign_id ? 0 : 1);
  return open.sort((a, b) => RUNS[a.state] - RUNS[b.state] || ranked(a) - ranked(b) || a.opens_at.localeCompare(b.opens_at))[0];
}

/** Reads what the phone kept. Never throws. */
export async function loadDay(): Promise<void> {
  const found = await read<Kept>('meta', keyOf()).catch(() => undefined);
  if (found) await take(found);
  state.loaded = true;
}

/** Brings the newest pack, when there is a network. Never throws. */
export async function refreshDay(): Promise<void> {
  if (state.busy) return;
  state.busy = true;
  try {
    const asked = Date.now();
    const answer = await field.pack(kept?.tag);
    state.problem = undefined;
    if (answer.data) await keep(answer.data, answer.etag, asked);
    else if (kept) await write('meta', keyOf(), (kept = { ...kept, at: trueNow() }));
  } catch (error) {
    state.problem = error as Problem;
  } finally {
    state.busy = false;
    state.loaded = true;
  }
}

async function keep(pack: FieldPack, tag: string | undefined, asked: number): Promise<void> {
  const heard = Date.now();
  await learnTime(pack.server_time, asked + (heard - asked) / 2);
  const { code_secret, ...certificate } = pack.certificate;
  const fresh: Kept = { pack: { ...pack, certificate }, tag, at: trueNow() };
  await take(fresh);
  try {
    if (code_secret) await write('keys', 'code', { number: certificate.number, key: await codeKey(code_secret) });
    await keepOfficeKey(pack.seal);
    await write('meta', keyOf(), fresh);
    await settleVisits();
  } catch {
    // a full phone: the day stays in memory, and what waits to be sent comes first
  }
  void bringAreas([...pack.territory.filter((x) => x.kind === 'village').map((x) => x.value), ...(pack.areas ?? [])]);
}

async function take(fresh: Kept): Promise<void> {
  const { token, keys } = fresh.pack.certificate;
  claim = token ? await readToken(token, keys ?? []) : undefined;
  kept = fresh;
}

/** The key behind the codes of one's certificate; undefined when the phone has none. */
export async function ownCodeKey(): Promise<CryptoKey | undefined> {
  const found = await read<{ number: string; key: CryptoKey }>('keys', 'code').catch(() => undefined);
  return found && found.number === kept?.pack.certificate.number ? found.key : undefined;
}
