// Acts over the API, to bring about what a spec then looks at.
import { createHash, createSign, generateKeyPairSync, randomInt, randomUUID } from 'node:crypto';
import { house } from './browser';
import type { Login } from './server';

export interface Caller {
  account: { account_id: string; name: string };
  office: { office_id: string; name: string };
  notice: string;
  today: string;
  ask: <T = Record<string, never>>(method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<T>;
  tag: (path: string) => Promise<string>;
}

/** Somebody who is logged in without a browser. */
export async function caller(who: Pick<Login, 'login' | 'password'>): Promise<Caller> {
  const url = house();
  let cookie = '';
  const send = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const answer = await fetch(url + '/api/v1' + path, {
      method,
      headers: { 'Content-Type': 'application/json', Origin: url, Cookie: cookie, ...(method === 'POST' ? { 'Idempotency-Key': `"${randomUUID()}"` } : {}), ...headers },
      body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body)
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${(await answer.text()).slice(0, 600)}`);
    return answer;
  };
  const entered = await send('POST', '/session', { login: who.login, password: who.password });
  cookie = (entered.headers.get('set-cookie') ?? '').split(';')[0]!;
  const session = (await entered.json()) as { account: Caller['account']; office: Caller['office']; notice_version: string; today: string };
  return {
    account: session.account, office: session.office, notice: session.notice_version, today: session.today,
    ask: async <T>(method: string, path: string, body?: unknown, headers?: Record<string, string>) => {
      const text = await (await send(method, path, body, headers)).text();
      return (text ? JSON.parse(text) : {}) as T;
    },
    tag: async (path) => (await send('GET', path)).headers.get('ETag') ?? ''
  };
}

export const rfc = (ms: number): string => new Date(ms).toISOString().replace(/\.\d+Z/, 'Z');

/** The market's plan as the specs walk it: two lanes of ten stalls. */
export interface Market { place: string; lanes: { lane_id: string; name: string }[] }

export async function market(head: Caller): Promise<Market> {
  const { items } = await head.ask<{ items: { place_id: string }[] }>('GET', '/places?q=angso');
  const place = items[0]!.place_id;
  const drawn = await head.ask<Market & { lanes: Market['lanes'] }>('GET', `/places/${place}/lanes`);
  if (drawn.lanes.length) return { place, lanes: drawn.lanes };
  const lanes = [{ name: 'A', trade: 'sayur', x: 0, y: 0, w: 6, h: 2, first: 1, last: 10 }, { name: 'B', trade: 'ikan', x: 6, y: 0, w: 6, h: 2, first: 1, last: 10 }];
  return { place, lanes: (await head.ask<Market>('PUT', `/places/${place}/lanes`, { lanes })).lanes };
}

/** A sweep with every given agent in one team, not opened yet. */
export async function sweep(head: Caller, name: string, members: string[], minutes: { from: number; to: number } = { from: -1, to: 60 }): Promise<{ id: string } & Market> {
  const plan = await market(head);
  const now = Date.now();
  const { campaign_id: id } = await head.ask<{ campaign_id: string }>('POST', '/campaigns', {
    kind: 'sweep', name, office_id: head.office.office_id, place_id: plan.place, opens_at: rfc(now + minutes.from * 60_000), closes_at: rfc(now + minutes.to * 60_000), plan: { programs: ['JKK', 'JKM'] }
  });
  if (members.length) {
    const teams = [{ name: 'Tim satu', lanes: plan.lanes.map((l) => l.lane_id), members }];
    await head.ask('POST', `/campaigns/${id}/teams`, { teams }, { 'If-Match': await head.tag(`/campaigns/${id}`) });
  }
  return { id, ...plan };
}

export interface Someone { nik: string; name: string; day: number; month: number; year: number }

const registration = (who: Someone, notice: string, more: object) => ({
  nik: who.nik, name: who.name, birth_date: `${who.year}-${String(who.month).padStart(2, '0')}-${String(who.day).padStart(2, '0')}`, sex: 'F', occupation: 'Pedagang sayur',
  lowest_band: true, programs: ['JKK', 'JKM'], months: 3, consent: { notice_version: notice, channel: 'voice', at: rfc(Date.now()) }, ...more
});

/** An agent registers somebody in a sweep, with signal. */
export const register = (agent: Caller, who: Someone, campaign: string, lot?: { lane_id: string; number: string }) =>
  agent.ask<{ worker_id: string }>('POST', '/workers', registration(who, agent.notice, { campaign_id: campaign, ...(lot ? { lot } : {}) }));

/** An agent's phone sends what it took without signal; its clock is wrong by so many minutes. */
export async function sendLater(agent: Caller, who: Someone, campaign: string, wrong: number): Promise<{ outcome: string }> {
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const public_key = keys.publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
  const { device_id } = await agent.ask<{ device_id: string }>('POST', '/devices', { name: 'HP uji', public_key });
  const now = rfc(Date.now() + wrong * 60_000);
  const operation = JSON.stringify({ id: randomUUID(), kind: 'worker.register', taken_at: now, agent_id: agent.account.account_id, body: registration(who, agent.notice, { campaign_id: campaign }) });
  const digest = createHash('sha256').update(operation).digest('hex');
  const signed = ['jaring-sync-1', device_id, 'web-1', '', now, '', digest].join('\n') + '\n';
  const signature = createSign('sha256').update(signed).sign({ key: keys.privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64');
  const answer = await agent.ask<{ outcomes: { outcome: string }[] }>('POST', '/sync', { device_id, app_version: 'web-1', pack_version: '', clock: { now }, operations: [JSON.parse(operation) as object], signature });
  return answer.outcomes[0]!;
}

/** The agent's phone sends receipts that it signed so many days ago. */
export async function takeCash(agent: Caller, taken: { worker: string; amount: number; months: number; days: number }[]) {
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const sign = (text: string) => createSign('sha256').update(text).sign({ key: keys.privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64');
  const public_key = keys.publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
  const { device_id } = await agent.ask<{ device_id: string }>('POST', '/devices', { name: 'HP uji uang', public_key });
  const operations = taken.map((t, n) => {
    const taken_at = rfc(Date.now() - t.days * 86_400_000);
    const code = Array.from({ length: 13 }, () => '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'[randomInt(32)]).join('');
    const signature = sign(['jaring-receipt-1', device_id, n + 1, code, t.amount, t.months, taken_at, t.worker].join('\n') + '\n');
    return JSON.stringify({ id: randomUUID(), kind: 'cash.take', taken_at, agent_id: agent.account.account_id, body: { worker_id: t.worker, months: t.months, amount: t.amount, code, counter: n + 1, signature } });
  });
  const now = rfc(Date.now());
  const digests = operations.map((o) => createHash('sha256').update(o).digest('hex'));
  const signature = sign(['jaring-sync-1', device_id, 'web-1', '', now, '', ...digests].join('\n') + '\n');
  const { outcomes } = await agent.ask<{ outcomes: { outcome: string }[] }>('POST', '/sync', { device_id, app_version: 'web-1', pack_version: '', clock: { now }, operations: operations.map((o) => JSON.parse(o) as object), signature });
  if (outcomes.some((o) => o.outcome !== 'accepted')) throw new Error('a receipt was not taken: ' + JSON.stringify(outcomes));
}

/** Somebody who is to pay for three months: the bill and its code. */
export async function payer(caller: Caller, who: Someone): Promise<{ worker: string; amount: number; code: string }> {
  const made = await caller.ask<{ worker_id: string; payment: { amount: number; code: string } }>('POST', '/workers', registration(who, caller.notice, {}));
  return { worker: made.worker_id, amount: made.payment.amount, code: made.payment.code };
}
