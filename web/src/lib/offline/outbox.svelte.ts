import { uuidv7, type Finding, type Outcome, type Registration } from '../api';
import { read, readAll, remove, write } from './idb';
import { seal, unseal, type Sealed } from './seal';

/** What becomes of a record on its way to the office. */
export type BoxState = 'waiting' | 'sending' | 'accepted' | 'review' | 'held' | 'refused' | 'conflict';
export type OperationKind = 'worker.register' | 'worker.correct' | 'consent.withdraw' | 'worker.merge';

/** One record as the screens show it. */
export interface BoxItem {
  id: string;
  seq: number;
  kind: OperationKind;
  state: BoxState;
  taken_at: string;
  sent_at?: string;
  label: string;
  worker_id?: string;
  registration_no?: string;
  findings: Finding[];
  detail?: string;
}

interface Content {
  label: string;
  /** The operation as it is sent, byte for byte; gone once the office has it. */
  text?: string;
  findings?: Finding[];
  detail?: string;
}

interface Row {
  id: string;
  seq: number;
  kind: OperationKind;
  state: BoxState;
  taken_at: string;
  sent_at?: string;
  worker_id?: string;
  registration_no?: string;
  content: Sealed;
}

export interface NewOperation {
  id?: string;
  kind: OperationKind;
  body: unknown;
  label: string;
  agent: string;
  after?: string[];
}

const KEPT_AFTER = 40;
const state = $state<{ items: BoxItem[]; loaded: boolean }>({ items: [], loaded: false });

/** Newest first. */
export const items = (): BoxItem[] => state.items;
/** How many the office does not have yet. */
export const unsent = (): number => state.items.filter((i) => i.state === 'waiting' || i.state === 'sending').length;
/** How many a person must look at. */
export const toSee = (): number => state.items.filter((i) => i.state === 'refused' || i.state === 'conflict').length;

export async function load(): Promise<void> {
  try {
    const rows = await readAll<Row>('outbox');
    state.items = (await Promise.all(rows.map(itemOf))).sort((a, b) => b.seq - a.seq);
  } catch {
    state.items = [];
  }
  state.loaded = true;
}

/** Keeps an operation for sending. It returns only when the phone has it on disk; an error means it has not. */
export async function add(operation: NewOperation): Promise<BoxItem> {
  const id = operation.id ?? uuidv7();
  const taken_at = new Date().toISOString();
  const seq = await nextSeq();
  const text = JSON.stringify({
    id, seq, after: operation.after ?? [], kind: operation.kind, agent_id: operation.agent, taken_at, body: operation.body
  });
  const row: Row = {
    id, seq, kind: operation.kind, state: 'waiting', taken_at, content: await seal({ label: operation.label, text } satisfies Content)
  };
  await write('outbox', id, row);
  const item = await itemOf(row);
  state.items = [item, ...state.items.filter((i) => i.id !== id)];
  return item;
}

/** The operations that wait, oldest first, with their exact texts. */
export async function waiting(most: number): Promise<{ id: string; text: string }[]> {
  const rows = (await readAll<Row>('outbox')).filter((r) => r.state === 'waiting' || r.state === 'sending').sort((a, b) => a.seq - b.seq);
  const found: { id: string; text: string }[] = [];
  for (const row of rows.slice(0, most)) {
    const content = await unseal<Content>(row.content);
    if (content?.text) found.push({ id: row.id, text: content.text });
  }
  return found;
}

/** Shows that records are on their way; on disk they still wait, so a killed tab sends them again. */
export function mark(ids: string[], now: BoxState): void {
  state.items = state.items.map((i) => (ids.includes(i.id) ? { ...i, state: now } : i));
}

/** Writes down what the office answered. An accepted record keeps its name only; a refused one keeps all. */
export async function settle(outcome: Outcome): Promise<void> {
  const row = await read<Row>('outbox', outcome.id);
  if (!row) return;
  const content = (await unseal<Content>(row.content)) ?? { label: '' };
  const told = outcome.outcome === 'same' ? (outcome.first ?? 'accepted') : outcome.outcome;
  const became: BoxState = told === 'same' ? 'accepted' : told;
  const open = became === 'refused' || became === 'conflict';
  const next: Row = {
    ...row,
    state: became,
    sent_at: new Date().toISOString(),
    worker_id: outcome.worker_id,
    registration_no: outcome.registration_no,
    content: await seal({
      label: content.label, text: open ? content.text : undefined, findings: outcome.findings, detail: outcome.detail
    } satisfies Content)
  };
  await write('outbox', row.id, next);
  const item = await itemOf(next);
  state.items = state.items.map((i) => (i.id === item.id ? item : i));
  await trim();
}

/** Takes a record away that a person has seen. */
export async function dismiss(id: string): Promise<void> {
  await remove('outbox', id);
  state.items = state.items.filter((i) => i.id !== id);
}

/** What a refused registration held, for mending it. */
export async function bodyOf(id: string): Promise<Registration | undefined> {
  const row = await read<Row>('outbox', id);
  const content = row && (await unseal<Content>(row.content));
  return content?.text ? (JSON.parse(content.text) as { body: Registration }).body : undefined;
}

async function itemOf(row: Row): Promise<BoxItem> {
  const content = await unseal<Content>(row.content);
  const { id, seq, kind, state: now, taken_at, sent_at, worker_id, registration_no } = row;
  return {
    id, seq, kind, state: now, taken_at, sent_at, worker_id, registration_no,
    label: content?.label ?? '', findings: content?.findings ?? [], detail: content?.detail
  };
}

async function nextSeq(): Promise<number> {
  const seq = ((await read<number>('meta', 'seq')) ?? 0) + 1;
  await write('meta', 'seq', seq);
  return seq;
}

async function trim(): Promise<void> {
  const done = state.items.filter((i) => i.state === 'accepted' || i.state === 'review' || i.state === 'held');
  for (const old of done.slice(KEPT_AFTER)) await dismiss(old.id);
}
