import { describe, expect, it } from 'vitest';
import type { AgentRow } from '../agent/types';
import { momentIn, readClock, windowIn, windowOf } from './clock';
import { readLanes, readLots, writeLanes, writeLots } from './lanes';
import { byOffice, draftOf, gapsOf, placingOf, spreadLanes, type Walker } from './team';
import { tasksOf, type Known } from './today';
import type { CampaignRow, Lane, Team } from './types';

describe('clocks', () => {
  it.each([['8', '08.00'], ['800', '08.00'], ['08:30', '08.30'], [' 8.05 ', '08.05'], ['2359', '23.59'], ['0', '00.00']])('reads %s', (text, clock) => expect(readClock(text)).toBe(clock));
  it.each(['', '24', '8.60', 'pagi', '8.5', '12345'])('does not read %s', (text) => expect(readClock(text)).toBeUndefined());
  it('knows the moment in every zone of the country, and in one that changes its clocks', () => {
    expect(momentIn('2026-11-21', '08.00', 'Asia/Jakarta')).toBe('2026-11-21T01:00:00Z');
    expect(momentIn('2026-11-21', '08.00', 'Asia/Jayapura')).toBe('2026-11-20T23:00:00Z');
    expect(momentIn('2026-07-01', '12.00', 'Europe/Amsterdam')).toBe('2026-07-01T10:00:00Z');
    expect(momentIn('2026-12-01', '12.00', 'Europe/Amsterdam')).toBe('2026-12-01T11:00:00Z');
  });
  it('takes an end before the start for the next day', () => {
    expect(windowOf('2026-11-21', '08.00', '10.00', 'Asia/Jakarta')).toEqual({ opens_at: '2026-11-21T01:00:00Z', closes_at: '2026-11-21T03:00:00Z' });
    expect(windowOf('2026-11-21', '22.00', '01.00', 'Asia/Jakarta').closes_at).toBe('2026-11-21T18:00:00Z');
    expect(windowIn('2026-11-21T01:00:00Z', '2026-11-21T03:00:00Z', 'Asia/Jakarta')).toEqual({ day: '2026-11-21', from: '08.00', to: '10.00' });
  });
});

describe('stalls', () => {
  it.each([
    ['1-4', ['1', '2', '3', '4']], ['1..3, 7', ['1', '2', '3', '7']], ['C-1..C-3', ['C-1', 'C-2', 'C-3']], ['C-14', ['C-14']], ['08-10', ['08', '09', '10']],
    ['12a, 12b', ['12a', '12b']], ['', []], ['1–2', ['1', '2']]
  ])('of “%s”', (text, lots) => expect(readLots(text)).toEqual(lots));
  it.each(['9-1', '1-99999', '-', '1;2', '*'])('cannot be read from “%s”', (text) => expect(readLots(text)).toBeUndefined());
  it('come back as they were', () => {
    for (const text of ['1-40, 42', 'C-1..C-12', '08-11', '12a, 12b', '5']) expect(writeLots(readLots(text)!)).toBe(text);
  });
});

describe('the lines of a market', () => {
  const known: Lane[] = [{ lane_id: 'l1', name: 'C', trade: 'sayur', ord: 0, x: 0, y: 0, w: 6, h: 2, lots: [{ lot_id: 'a', number: '1' }, { lot_id: 'b', number: '2' }] }];
  it('keep a lane by its name, and are written as they are read', () => {
    const { lanes, problems } = readLanes(writeLanes(known), known);
    expect(problems).toEqual([]);
    expect(lanes).toEqual([{ lane_id: 'l1', name: 'C', trade: 'sayur', x: 0, y: 0, w: 6, h: 2, lots: ['1', '2'] }]);
    expect(readLanes(' c ; ikan; 1', known).lanes[0]!.lane_id).toBe('l1');
  });
  it('find a place for what has none, and never two in one', () => {
    const { lanes } = readLanes('A;;1-3\nB;;1-3\nC;;1-3;0 9 4 1\nD;;1-3');
    expect(lanes.map((l) => [l.x, l.y])).toEqual([[0, 0], [6, 0], [0, 9], [0, 10]]);
  });
  it('say each fault with its line', () => {
    const { lanes, problems } = readLanes('; sayur; 1\nA; x; 9-1\nB; x; 1; 0 0 0 2\nC; x; 1\nc; x; 2\n\n');
    expect(problems.map((p) => [p.line, p.fault])).toEqual([[1, 'name'], [2, 'lots'], [3, 'place'], [5, 'twice']]);
    expect(lanes.map((l) => l.name)).toEqual(['C']);
  });
});

const walkers: Walker[] = [['a', 'Jambi', 'valid'], ['b', 'Tebo', 'valid'], ['c', 'Jambi', 'suspended'], ['d', 'Jambi', 'valid']].map(([account_id, office_name, certificate_state]) => ({ account_id: account_id!, name: account_id!, office_name: office_name!, certificate_state: certificate_state! }));

describe('teams', () => {
  it('are made by office, of those whose certificate holds', () => {
    const { plans, placing } = byOffice(walkers, (o) => 'Tim ' + o);
    expect(plans.map((p) => p.name)).toEqual(['Tim Jambi', 'Tim Tebo']);
    expect(draftOf(plans, placing)).toEqual([{ name: 'Tim Jambi', lanes: [], members: ['a', 'd'] }, { name: 'Tim Tebo', lanes: [], members: ['b'] }]);
  });
  it('share the lanes, each lane once', () => {
    const lanes = ['1', '2', '3', '4', '5'].map((lane_id) => ({ lane_id }));
    const shared = spreadLanes(byOffice(walkers, String).plans, lanes);
    expect(shared.map((p) => p.lanes)).toEqual([['1', '2', '3'], ['4', '5']]);
    expect(spreadLanes([], lanes)).toEqual([]);
  });
  const teams: Team[] = [{ team_id: 't', name: 'A', lanes: ['1'], members: walkers.slice(1, 3) }];
  it('are read as they stand and sent with their id', () => {
    const { plans, placing } = placingOf(teams);
    expect(draftOf(plans, placing)).toEqual([{ team_id: 't', name: 'A', lanes: ['1'], members: ['b', 'c'] }]);
  });
  it('tell what is missing before a start', () => {
    const now = Date.parse('2026-11-21T00:50:00Z');
    expect(gapsOf(teams, 0, '2026-11-21T01:00:00Z', now)).toEqual([{ gap: 'certificates', n: 1 }, { gap: 'no_lanes', n: 0 }, { gap: 'early', n: 10 }]);
    expect(gapsOf([], 5, '2026-11-21T00:00:00Z', now)).toEqual([{ gap: 'no_members', n: 0 }]);
  });
});

describe('the day’s tasks', () => {
  const sweep = (over: Partial<CampaignRow>): CampaignRow => ({
    campaign_id: 's', kind: 'sweep', name: 'Grebek', office_id: 'o', office_name: 'Jambi', opens_at: '2026-11-21T01:00:00Z', closes_at: '2026-11-21T03:00:00Z', seals_at: '2026-11-22T03:00:00Z',
    state: 'planned', members: 25, registered: 0, protected: 0, ...over
  });
  const agent = (until: string, state: 'valid' | 'expired' | 'revoked', kit = 0): AgentRow => ({
    account_id: 'a', name: 'A', office_id: 'o', office_name: 'Jambi', certificate: { number: 'n', state, from: '2025-01-01', until, powers: ['register'] }, registered: 0, protected: 0, territory: [], kit
  });
  const known: Known = { sweeps: [], waiting: {}, counts: {}, agents: [] };
  const kinds = (k: Partial<Known>) => tasksOf({ ...known, ...k }, '2026-11-21', (m) => m.slice(0, 10)).map((x) => [x.kind, x.n]);
  it('name the sweep of today, not of tomorrow, and not one that runs', () => {
    expect(kinds({ sweeps: [sweep({}), sweep({ opens_at: '2026-11-22T01:00:00Z' }), sweep({ state: 'open' })] })).toEqual([['sweep_today', 1]]);
  });
  it('ask for judgement only where something waits', () => {
    const sweeps = [sweep({ state: 'closed', campaign_id: 'x' }), sweep({ state: 'closed', campaign_id: 'y' })];
    expect(kinds({ sweeps, waiting: { x: 3 } })).toEqual([['sweep_judge', 3]]);
  });
  it('count applicants, certificates that end soon, and kit that should be back', () => {
    const agents = [agent('2026-12-05', 'valid', 1), agent('2027-12-05', 'valid', 2), agent('2026-10-01', 'expired', 1), agent('2026-10-01', 'revoked')];
    expect(kinds({ counts: { received: 2, presented: 1, accepted: 9 }, agents })).toEqual([['applications', 3], ['certificates', 1], ['kit_out', 1]]);
    expect(kinds({})).toEqual([]);
  });
});
