import { house } from './browser';
import type { Login } from './server';

/** Somebody who calls the API without a browser, to prepare and to check. */
export interface Caller {
  account: string;
  office: string;
  call: <T>(method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<{ data: T; etag: string }>;
}

const id = () => {
  const time = Date.now().toString(16).padStart(12, '0');
  const rest = crypto.randomUUID().replaceAll('-', '');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${rest.slice(13, 16)}-a${rest.slice(17, 20)}-${rest.slice(20)}`;
};

export async function caller(who: Login): Promise<Caller> {
  const base = house() + '/api/v1';
  const entered = await fetch(base + '/session', {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ login: who.login, password: who.password })
  });
  const cookie = entered.headers.getSetCookie()[0]!.split(';')[0]!;
  const session = (await entered.json()) as { account: { account_id: string }; office: { office_id: string } };
  return {
    account: session.account.account_id,
    office: session.office.office_id,
    async call<T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
      const answer = await fetch(base + path, {
        method, body: body === undefined ? undefined : JSON.stringify(body),
        headers: { cookie, 'Content-Type': 'application/json', ...(method === 'POST' ? { 'Idempotency-Key': `"${id()}"` } : {}), ...headers }
      });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text.slice(0, 400)}`);
      return { data: (text ? JSON.parse(text) : undefined) as T, etag: answer.headers.get('etag') ?? '' };
    }
  };
}

export interface Market {
  campaign: string;
  place: string;
  lanes: { lane_id: string; name: string; lots: { number: string }[] }[];
}

const row = (letter: string, many: number) => Array.from({ length: many }, (_, n) => `${letter}-${String(n + 1).padStart(2, '0')}`);

/** A market of its own with two lanes, and a sweep that runs there with these agents in one team on the first lane. */
export async function openSweep(head: Caller, agents: Caller[], name: string): Promise<Market> {
  const known = (await head.call<{ items: { name: string; village?: { code: string } }[] }>('GET', '/places')).data.items;
  const village = known.find((p) => p.village?.code.startsWith('15.71'))?.village?.code ?? known[0]!.village!.code;
  const { place_id: place } = (await head.call<{ place_id: string }>('POST', '/places', { name, kind: 'market', village })).data;
  await head.call('PUT', `/places/${place}/lanes`, {
    lanes: [
      { name: 'Lorong A', trade: 'sayur', x: 1, y: 1, w: 8, h: 2, lots: row('A', 12) },
      { name: 'Lorong B', trade: 'ikan', x: 1, y: 4, w: 8, h: 2, lots: row('B', 6) }
    ]
  });
  const { lanes } = (await head.call<Pick<Market, 'lanes'>>('GET', `/places/${place}/lanes`)).data;
  const at = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
  const { campaign_id: campaign } = (
    await head.call<{ campaign_id: string }>('POST', '/campaigns', {
      kind: 'sweep', name: 'Sapuan ' + name, office_id: head.office, place_id: place, opens_at: at(-10), closes_at: at(110), seal_hours: 24, rewards: 3
    })
  ).data;
  const whole = await head.call<{ version: number }>('GET', '/campaigns/' + campaign);
  await head.call('POST', `/campaigns/${campaign}/teams`, { teams: [{ name: 'Tim Melati', lanes: [lanes[0]!.lane_id], members: agents.map((a) => a.account) }] }, { 'If-Match': whole.etag });
  await head.call('POST', `/campaigns/${campaign}/state`, { to: 'open' });
  return { campaign, place, lanes };
}

/** The outcome of a stall as the office knows it. */
export async function outcomeOf(agent: Caller, campaign: string, number: string): Promise<string | undefined> {
  interface Pack { campaigns: { campaign_id: string; lanes: { lots: { number: string; outcome?: string }[] }[] }[] }
  const { data } = await agent.call<Pack>('GET', '/field');
  return data.campaigns.find((c) => c.campaign_id === campaign)?.lanes.flatMap((l) => l.lots).find((l) => l.number === number)?.outcome;
}
