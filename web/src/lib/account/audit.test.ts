import { describe, expect, it } from 'vitest';
import type { AuditItem } from '../api';
import { dailyFor, pagesFor, tabsFor } from '../pages';
import { byDay, FILTERS, passes, workerOf } from './audit';

const item = (kind: string, at = '2026-11-21T02:00:00Z'): AuditItem => ({ event_id: kind + at, kind, at, sentence: 's', subject: 'x' });

describe('the audit', () => {
  it('asks for each kind in one question only', () => {
    const kinds = Object.values(FILTERS).flat();
    expect(new Set(kinds).size).toBe(kinds.length);
  });
  it('passes all without a question', () => {
    expect(passes(item('anything'), undefined)).toBe(true);
    expect(passes(item('worker.nik_revealed'), 'nik')).toBe(true);
    expect(passes(item('worker.corrected'), 'nik')).toBe(false);
  });
  it('leads to a worker where it is about one', () => {
    expect(workerOf(item('contribution.settled'))).toBe('x');
    expect(workerOf(item('account.logged_in'))).toBeUndefined();
  });
  it('stands by day, newest first as it came', () => {
    const days = byDay([item('a', '2026-11-21T02:00:00Z'), item('b', '2026-11-21T01:00:00Z'), item('c', '2026-11-20T01:00:00Z')], (at) => at.slice(0, 10));
    expect(days.map((d) => [d.day, d.items.length])).toEqual([['2026-11-21', 2], ['2026-11-20', 1]]);
  });
});

describe('the screens of a role', () => {
  const may = (...acts: string[]) => (act: string) => acts.includes(act);
  it('never make the bar of a phone longer than five, and always end with the account', () => {
    const all = () => true;
    for (const m of [all, may(), may('home.read', 'worker.find', 'worker.register', 'device.enrol')]) {
      expect(tabsFor(m).length).toBeLessThanOrEqual(5);
      expect(tabsFor(m).at(-1)!.href).toBe('/account');
    }
    expect(tabsFor(may('home.read', 'worker.find', 'worker.register', 'device.enrol')).map((p) => p.href)).toEqual(['/home', '/workers', '/register', '/device', '/account']);
  });
  it('show only what the role may do', () => {
    expect(dailyFor(may('home.read')).map((p) => p.href)).toEqual(['/home']);
    expect(pagesFor(may('audit.read')).map((p) => p.href)).toEqual(['/rules', '/audit']);
  });
});
