import { describe, expect, it } from 'vitest';
import { cellsOf, curveOf, lotParts, paceOf, phaseOf, planOf, spanOf, stepsOf, tracksOf, turnOf, unitOf } from './board';
import type { Board } from './types';

const at = (clock: string) => `2026-11-21T${clock}:00Z`;
const campaign: Board['campaign'] = {
  campaign_id: 'c', name: 'Grebek', kind: 'sweep', office_name: 'Cabang Jambi', state: 'open', opens_at: at('01:00'), closes_at: at('03:00'), seals_at: '2026-11-22T03:00:00Z',
  began_at: at('01:00'), agents: 25, rewards: 3
};
const ms = (clock: string) => Date.parse(at(clock));

describe('where a sweep stands', () => {
  it.each([
    ['planned', '00:59', 'before'], ['planned', '01:00', 'due'], ['open', '02:59', 'running'], ['open', '03:00', 'over'],
    ['paused', '02:00', 'paused'], ['closed', '03:10', 'closed'], ['sealed', '03:10', 'sealed'], ['cancelled', '00:10', 'cancelled']
  ] as const)('%s at %s is %s', (state, clock, phase) => expect(phaseOf({ ...campaign, state }, ms(clock))).toBe(phase));
});

describe('a span', () => {
  it.each([
    [84_000, [['minute', 1], ['second', 24]]], [9_000, [['second', 9]]], [0, [['second', 0]]], [-5, [['second', 0]]],
    [3_600_000, [['hour', 1], ['minute', 0]]], [59_400, [['minute', 1], ['second', 0]]], [90_000_000, [['day', 1], ['hour', 1]]]
  ] as const)('of %d ms', (span, parts) => expect(spanOf(span).map((p) => [p.unit, p.n])).toEqual(parts));
});

describe('the curve', () => {
  const curve = [['01:00', 0], ['01:05', 4], ['01:10', 10], ['01:15', 12]].map(([clock, n]) => ({ at: at(clock as string), n: n as number }));
  const board = { curve, as_of: at('01:18'), registered: 15, campaign };
  it('runs from the start to the planned end, and ends at the board’s own moment', () => {
    const c = curveOf(board);
    expect([c.from, c.to]).toEqual([ms('01:00'), ms('03:00')]);
    expect(c.points.at(0)).toMatchObject({ x: 0, y: 0 });
    expect(c.points.at(-1)).toMatchObject({ n: 15, y: 1, x: 18 / 120 });
  });
  it('stretches when it goes on longer, and stops where the sweep stopped', () => {
    expect(curveOf({ ...board, as_of: at('03:30') }).to).toBe(ms('03:30'));
    const ended = curveOf({ ...board, as_of: '2026-11-22T01:00:00Z', campaign: { ...campaign, ended_at: at('02:50') } });
    expect(ended.points.at(-1)!.at).toBe(ms('02:50'));
    expect(ended.to).toBe(ms('03:00'));
  });
  it('stands at zero before anybody came', () => {
    const c = curveOf({ curve: [], as_of: at('01:00'), registered: 0, campaign });
    expect(c.points).toEqual([{ at: ms('01:00'), n: 0, x: 0, y: 0 }]);
  });
  it('says the pace of the last ten minutes', () => {
    expect(paceOf(board)).toBe(11);
    expect(paceOf({ ...board, curve: [] })).toBe(15);
    expect(paceOf({ ...board, registered: 2 })).toBe(0);
  });
  it('falls into steps that never go down', () => {
    expect(stepsOf(curve)).toEqual([0, 4, 6, 2]);
    expect(stepsOf([{ at: '', n: 3 }, { at: '', n: 1 }])).toEqual([3, 0]);
    expect(stepsOf(curve, 2)).toEqual([6, 2]);
  });
});

describe('the lots', () => {
  const lots = { total: 412, registered: 168, member: 74, back: 43, closed: 61, refused: 38, visited: 0, unvisited: 28 };
  it('sum to all, and show the undecided only where there are some', () => {
    expect(lotParts(lots).reduce((sum, p) => sum + p.n, 0)).toBe(412);
    expect(lotParts(lots)).toHaveLength(6);
    expect(lotParts({ ...lots, visited: 3 })).toHaveLength(7);
  });
});

describe('the diamonds', () => {
  it('are one for each person while they fit, then one for several', () => {
    expect([1, 22, 23, 44, 45, 110, 500].map(unitOf)).toEqual([1, 1, 2, 2, 5, 5, 50]);
    expect(unitOf(40_000)).toBe(1819);
  });
  it('never show more protected than there are', () => {
    expect(cellsOf(3, 2, 1)).toEqual([true, true, false]);
    expect(cellsOf(3, 9, 1)).toEqual([true, true, true]);
    expect(cellsOf(11, 9, 5)).toEqual([true, false, false]);
    expect(cellsOf(0, 0, 1)).toEqual([]);
  });
});

describe('the ranking', () => {
  it('stands as drawn with 25 agents: ten rows, the rest in three columns of five', () => {
    expect(planOf(25, 3)).toEqual({ full: 10, columns: 3, each: 15, pages: 1 });
  });
  it('shows everybody, at once or in turn, and never needs more room than there is', () => {
    for (let n = 0; n <= 600; n++) {
      for (const top of [0, 1, 3, 5]) {
        const p = planOf(n, top);
        expect(p.full + p.each * p.pages, `${n} ${top}`).toBeGreaterThanOrEqual(n);
        if (p.pages > 1) expect((p.pages - 1) * p.each + p.full).toBeLessThan(n);
        const lines = Math.ceil(Math.min(p.each, n - p.full) / p.columns);
        const large = Math.min(top, n);
        expect(large * 4.9 + Math.max(0, p.full - large) * 3.36 + (lines ? 0.7 + lines * 2.03 : 0), `${n} ${top}`).toBeLessThanOrEqual(49.3);
      }
    }
  });
  it('takes turns by the clock', () => {
    expect([0, 11_999, 12_000, 24_000].map((now) => turnOf(now, 2))).toEqual([0, 0, 1, 0]);
    expect(turnOf(99_000, 1)).toBe(0);
  });
});

describe('the plan of a market', () => {
  it('keeps one narrow way for each empty stretch, however long', () => {
    const t = tracksOf([{ at: 0, size: 2 }, { at: 3, size: 1 }, { at: 40, size: 2 }]);
    expect(t.full).toEqual([true, true, false, true, false, true, true]);
    expect(t.starts).toEqual([0, 3, 5]);
  });
  it('stands for tiles that lie over each other, and for none', () => {
    expect(tracksOf([{ at: 1, size: 3 }, { at: 2, size: 1 }])).toMatchObject({ full: [false, true, true, true], starts: [1, 2] });
    expect(tracksOf([])).toMatchObject({ full: [false], starts: [] });
  });
});
