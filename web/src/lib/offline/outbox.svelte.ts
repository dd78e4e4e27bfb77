import { uuidv7, type Finding, type Outcome, type Registration } from '../api';
import { field } from '../api/field';
import { sealTo, type Envelope } from './envelope';
import { change, isFull, next, read, readAll, type Store, type Stores } from './idb';
import { officeKey } from './office';
import { locked, openings, seal, unseal, type Sealed } from './own.svelte';

/** What becomes of a record on its way to the office. */
export type BoxState = 'waiting' | 'sending' | 'accepted' | 'review' | 'held' | 'refused' | 'conflict';
export type OperationKind = 'worker.register' | 'lot.record' | 'photo.add' | 'worker.correct' | 'consent.withdraw' | 'worker.merge' | 'cash.take' | 'lead.note' | 'ticket.check' | 'stamp.give' | 'employer.register' | 'employee.add';

/** One record as the screens show it. */
export interface BoxItem {
  id: string;
  seq: number;
  kind: OperationKind;
  state: BoxState;
  taken_at: string;
  sent_at?: string;
  /** Empty while the phone is locked, or after its PIN was forgotten. */
  label: string;
  worker_id?: string;
  registration_no?: string;
  findings: Finding[];
  detail?: string;
  /** The registration that a photo belongs to. */
  of?: string;
  /** The employer for whom somebody was added. */
  at?: string;
  cash?: CashRow;
}

/** Of money that was taken: as much as limits and sums need, without a name. */
export interface CashRow {
  amount: number;
  months: number;
  counter: number;
  /** What it is paid from: as the phone thought, then as the office says. */
  from: 'cash' | 'float';
  /** Of the person: the worker, or the registration. */
  person: string;
}

interface Content {
  label: string;
  findings?: Finding[];
  detail?: string;
  /** Of the older form only: the operation as it is sent. */
  text?: string;
}

/** A record on disk. What it says lies in the store `text`; here is only what an index needs. */
interface Row {
  id: string;
  seq: number;
  kind: OperationKind;
  state: BoxState;
  taken_at: string;
  sent_at?: string;
  worker_id?: string;
  registration_no?: string;
  of?: string;
  at?: string;
  cash?: CashRow;
  content: Sealed;
}

/** The operation as it is sent, byte for byte; under the phone's own key only where the office's is not known. */
type Text = string | { own: Sealed };

export interface NewOperation {
  id?: string;
  kind: OperationKind;
  body: unknown;
  label: string;
  agent: string;
  after?: string[];
  taken_at?: string;
  at?: string;
  cash?: CashRow;
  /** What must be on disk with it, or not at all: the same transaction writes it. */
  beside?: { stores: Store[]; put: (s: Stores) => void };
}

const KEPT_AFTER = 40;
const OPEN: BoxState[] = ['refused', 'conflict'];
const QUIET: OperationKind[] = ['lot.record', 'photo.add', 'ticket.check', 'stamp.give'];
let list = $state.raw<BoxItem[]>([]);
let loaded = $state(false);
/** The rows behind the list, as they were read last. */
let rows = new Map<string, Row>();
/** The opening of the phone in which the names were read. */
let namesOf = 0;

/** Newest first. */
export const items = (): BoxItem[] => list;
const waits = (i: { state: BoxState }) => i.state === 'waiting' || i.state === 'sending';
/** How many the office does not have yet. */
export const unsent = (): number => list.filter(waits).length;
/** How many of them are of a kind. */
export const unsentOf = (kind: OperationKind): number => list.filter((i) => waits(i) && i.kind === kind).length;
/** How many a person must look at. */
export const toSee = (): number => list.filter((i) => OPEN.includes(i.state)).length;
export const isLoaded = (): boolean => loaded;

/** Reads the box from disk. What was on its way when the phone went off waits again. */
export async function load(): Promise<void> {
  await loadStates();
  await readNames();
}

/** Reads how many records there are and how they stand: enough to begin, and no key is needed for it. */
export async function loadStates(): Promise<void> {
  try {
    rows = new Map((await readAll<Row>('outbox')).map((r) => [r.id, r]));
  } catch {
    rows = new Map();
  }
  // Names stay in memory only as long as the phone stays open.
  const known = new Map(locked() || openings() !== namesOf ? [] : list.map((i) => [i.id, i]));
  namesOf = openings();
  list = [...rows.values()].map((r) => ({ ...itemOf(r), ...named(known.get(r.id)) })).sort((a, b) => b.seq - a.seq);
  loaded = true;
}

const named = (i: BoxItem | undefined) => i?.label && { label: i.label, findings: i.findings, detail: i.detail };

/** Opens what the phone's own key guards, the newest first; some at a time, so that the screen stays quick. */
export async function readNames(some = 20): Promise<void> {
  const wanted = list.filter((i) => !i.label).map((i) => i.id);
  for (let at = 0; at < wanted.length; at += some) {
    const opened = new Map<string, Content | undefined>();
    await Promise.all(wanted.slice(at, at + some).map(async (id) => opened.set(id, await unseal<Content>(rows.get(id)?.content))));
    if (![...opened.values()].some(Boolean)) return; // locked, or another PIN's
    list = list.map((i) => {
      const c = opened.get(i.id);
      return c ? { ...i, label: c.label, findings: c.findings ?? [], detail: c.detail } : i;
    });
  }
}

/** Keeps an operation for sending. It returns only when the phone has it on disk; an error means it has not. */
export async function add(operation: NewOperation): Promise<BoxItem> {
  const id = operation.id ?? uuidv7();
  const taken_at = operation.taken_at ?? new Date().toISOString();
  const seq = await next('seq');
  const { kind, after = [], label } = operation;
  const row: Row = { id, seq, kind, state: 'waiting', taken_at, at: operation.at, cash: operation.cash, of: kind === 'photo.add' ? after[0] : undefined, content: await seal({ label } satisfies Content) };
  const text = await textOf({ id, seq, after, kind, agent_id: operation.agent, taken_at }, operation.body);
  const put = () => change(['outbox', 'text', ...(operation.beside?.stores ?? [])], (s) => {
    s.outbox.put(row, id);
    s.text.put(text, id);
    operation.beside?.put(s);
  });
  await put().catch(async (error) => {
    if (!isFull(error)) throw error;
    await makeRoom();
    await put();
  });
  rows.set(id, row);
  const item: BoxItem = { ...itemOf(row), label };
  list = [item, ...list.filter((i) => i.id !== id)];
  return item;
}

async function textOf(head: { id: string; [part: string]: unknown }, body: unknown): Promise<Text> {
  const office = await officeKey();
  const open = JSON.stringify(head).slice(0, -1);
  const said = JSON.stringify(body);
  if (office) return `${open},"sealed":${JSON.stringify(await sealTo(office, head.id, said))}}`;
  return { own: await seal(`${open},"body":${said}}`) };
}

/** The operations that wait, oldest first, with their exact texts. Photos go last, each alone, after their registration. */
export async function waiting(most: number): Promise<{ id: string; text: string }[]> {
  const all = (await readAll<Row>('outbox')).sort((a, b) => a.seq - b.seq);
  const states = new Map(all.map((r) => [r.id, r.state]));
  const free = (r: Row) => !r.of || !['waiting', 'sending', 'refused', 'conflict'].includes(states.get(r.of) ?? 'accepted');
  const ready = all.filter((r) => waits(r) && free(r));
  const records = ready.filter((r) => r.kind !== 'photo.add');
  const chosen = records.length ? records.slice(0, most) : ready.slice(0, 1);
  const texts = await Promise.all(chosen.map(keptText));
  return chosen.flatMap(({ id }, n) => (texts[n] ? { id, text: texts[n] } : []));
}

async function keptText(row: Row): Promise<string | undefined> {
  const kept = await read<Text>('text', row.id);
  if (typeof kept === 'string') return kept;
  return kept ? unseal<string>(kept.own) : (await unseal<Content>(row.content))?.text;
}

/** Shows that records are on their way; on disk they still wait, so a killed tab sends them again. */
export function mark(ids: string[], now: BoxState): void {
  const set = new Set(ids);
  list = list.map((i) => (set.has(i.id) ? { ...i, state: now } : i));
}

/** Writes down what the office answered to a batch. What it has needs no text here any more; a refused record keeps all. */
export async function settle(outcomes: Outcome[]): Promise<void> {
  const found = await Promise.all(outcomes.map((o) => read<Row>('outbox', o.id)));
  const told = await Promise.all(outcomes.map((o, n) => found[n] && became(found[n], o)));
  const gone = (row: Row) => !OPEN.includes(row.state) && QUIET.includes(row.kind);
  await change(['outbox', 'text'], (s) => {
    for (const row of told) {
      if (!row) continue;
      if (!OPEN.includes(row.state)) s.text.delete(row.id);
      if (gone(row)) s.outbox.delete(row.id);
      else s.outbox.put(row, row.id);
    }
  });
  const anew = new Map<string, BoxItem | undefined>();
  const before = new Map(list.map((i) => [i.id, i]));
  told.forEach((row, n) => {
    if (!row) return;
    rows.set(row.id, row);
    const { findings = [], detail } = outcomes[n]!;
    anew.set(row.id, gone(row) ? undefined : { ...itemOf(row), label: before.get(row.id)?.label ?? '', findings, detail });
  });
  list = list.flatMap((i) => (anew.has(i.id) ? (anew.get(i.id) ?? []) : i));
  await trim();
}

async function became(row: Row, outcome: Outcome): Promise<Row> {
  const told = outcome.outcome === 'same' ? (outcome.first ?? 'accepted') : outcome.outcome;
  const state: BoxState = told === 'same' ? 'accepted' : told;
  const { worker_id, registration_no, findings, detail } = outcome;
  const cash = row.cash && { ...row.cash, from: outcome.paid_from ?? row.cash.from };
  const next: Row = { ...row, state, sent_at: new Date().toISOString(), worker_id, registration_no, cash };
  const old = 'iv' in row.content;
  if (!old && !findings?.length && !detail) return next;
  const content = (await unseal<Content>(row.content)) ?? { label: '' };
  const text = old && OPEN.includes(state) ? content.text : undefined;
  return { ...next, content: await seal({ label: content.label, text, findings, detail } satisfies Content) };
}

/** Takes a record away that a person has seen, and the photos that wait for it. */
export async function dismiss(id: string): Promise<void> {
  const gone = [id, ...list.filter((i) => i.of === id).map((i) => i.id)];
  await change(['outbox', 'text'], (s) => gone.forEach((one) => {
    s.outbox.delete(one);
    s.text.delete(one);
  }));
  list = list.filter((i) => !gone.includes(i.id));
}

/**
 * What a record said, for mending it. The phone cannot open what it sealed to the office: the
 * office opens it, for its sender, over the network. Throws Problem.
 */
export async function bodyOf<T = Registration>(id: string): Promise<T | undefined> {
  const row = await read<Row>('outbox', id);
  const text = row && (await keptText(row));
  if (!text) return undefined;
  const said = JSON.parse(text) as { body?: T; sealed?: Envelope };
  return said.sealed ? (await field.open<T>(id, said.sealed)).body : said.body;
}

function itemOf({ content: _, ...row }: Row): BoxItem {
  return { ...row, label: '', findings: [] };
}

const isDone = (i: BoxItem) => i.state === 'accepted' || i.state === 'review' || i.state === 'held';

async function trim(keep = KEPT_AFTER): Promise<void> {
  const old = list.filter(isDone).slice(keep).map((i) => i.id);
  if (!old.length) return;
  await change(['outbox'], (s) => old.forEach((id) => s.outbox.delete(id)));
  list = list.filter((i) => !old.includes(i.id));
}

/** A full phone: what the office has need not lie here too. */
async function makeRoom(): Promise<void> {
  await trim(0).catch(() => undefined);
}
