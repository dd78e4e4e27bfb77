import { describe, expect, it } from 'vitest';
import { monthsGone, ownTargets, sums, verdictOf } from './say';
import { partsOf, type Course, type Figure } from './types';

const course = (more: Partial<Course> = {}): Course => ({ reached: 50, paced: true, expected: 90, low: 80, high: 100, whole: 6, months: [], days_left: 20, need: 1, pace: 1, ...more });

describe('a target', () => {
  it('is judged by the range, never bolder than it', () => {
    const of = (value: number, more: Partial<Course> = {}, over = false) => { const v = verdictOf(course(more), value, over); return `${v.verdict} ${v.short}`; };
    expect([of(50), of(80), of(90), of(91), of(100), of(101)]).toEqual(['reached 0', 'yes 0', 'likely 0', 'unlikely 1', 'unlikely 10', 'no 11']);
    expect(of(60, { paced: false, expected: 50, low: 50, high: 50 })).toBe('few 10');
    expect(of(60, {}, true)).toBe('missed 10');
  });
  it('adds its months up, and knows where the year stands', () => {
    expect(sums(course({ months: [{ month: '2026-01', n: 3 }, { month: '2026-02', n: 0 }, { month: '2026-03', n: 4 }] }))).toEqual([3, 3, 7]);
    expect([monthsGone('2026-01-30', 2026), monthsGone('2026-11-21', 2026), monthsGone('2027-01-02', 2026)]).toEqual([1, 10.7, 12]);
  });
  it('is the own office’s own on its home page, and has parts of its unit alone', () => {
    const f = (more: Partial<Figure>) => ({ kind: 'target', unit: 'person', value: 1, office_id: 'a', course: course(), ...more }) as Figure;
    const list = [f({ unit: 'employer', value: 9 }), f({ value: 2 }), f({ value: 3 }), f({ office_id: 'b' }), f({ kind: 'gap' }), f({ course: undefined })];
    expect(ownTargets(list, 'a').map((x) => x.value)).toEqual([3, 2, 9]);
    expect(partsOf('target', 'person')).not.toContain('micro_small');
    expect(partsOf('potential', 'person')).toContain('micro_small');
    expect(partsOf('gap', 'employer')).not.toContain('BPU');
  });
});
