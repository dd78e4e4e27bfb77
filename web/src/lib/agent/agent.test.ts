import { describe, expect, it } from 'vitest';
import { daysTo, endsSoon, shapeOfCertificate, yearAfter } from './certificate';
import { changedMarks, daysSoFar, graduates, markOf, readBadge, standingOf } from './class';
import { cropOf } from './photo';
import { readSerials } from './serial';
import type { Seat } from './types';

describe('certificates', () => {
  it('end a year later, less a day, whatever the calendar', () => {
    expect(yearAfter('2026-11-21')).toBe('2027-11-20');
    expect(yearAfter('2028-02-29')).toBe('2029-02-28');
    expect(yearAfter('2027-03-01')).toBe('2028-02-29');
  });
  it('end soon within thirty days, while they are valid', () => {
    expect(daysTo('2026-11-21', '2026-12-05')).toBe(14);
    expect(endsSoon({ state: 'valid', until: '2026-12-21' }, '2026-11-21')).toBe(true);
    expect(endsSoon({ state: 'valid', until: '2026-12-22' }, '2026-11-21')).toBe(false);
    expect(endsSoon({ state: 'suspended', until: '2026-12-01' }, '2026-11-21')).toBe(false);
    expect(endsSoon(undefined, '2026-11-21')).toBe(false);
  });
  it('have a shape in every state, also one that is not known', () => {
    expect(['valid', 'suspended', 'revoked', 'expired', 'not_begun', 'none', '', 'new'].map(shapeOfCertificate)).toEqual(['protected', 'grace', 'lapsed', 'lapsed', 'pending', 'pending', 'pending', 'pending']);
  });
});

const seat = (over: Partial<Seat>): Seat => ({ application_id: 'p', name: 'P', office_id: 'o', office_name: 'O', badge: 'B', days: [], ...over });
const days = ['2026-11-20', '2026-11-21', '2026-11-22'];

describe('a seat', () => {
  const c = { days };
  it('is absent only on days that are over', () => {
    expect(daysSoFar(c, '2026-11-21')).toEqual(days.slice(0, 2));
    expect(standingOf(seat({}), c, '2026-11-20')).toBe('seated');
    expect(standingOf(seat({}), c, '2026-11-21')).toBe('absent');
    expect(standingOf(seat({ days: [{ day: '2026-11-20', at: '' }] }), c, '2026-11-21')).toBe('to_judge');
  });
  it('ends passed, failed or certified', () => {
    expect(standingOf(seat({ result: 'failed' }), c, '2026-11-23')).toBe('failed');
    expect(standingOf(seat({ result: 'passed' }), c, '2026-11-23')).toBe('passed');
    const done = seat({ result: 'passed', certificate: { number: 'n', state: 'valid' } });
    expect(standingOf(done, c, '2026-11-23')).toBe('certified');
    expect(graduates({ seats: [done, seat({ result: 'passed' }), seat({ result: 'failed' })] })).toHaveLength(1);
  });
});

describe('marks', () => {
  const seats = [seat({ application_id: 'a' }), seat({ application_id: 'b', test_score: 80, practice: 'done' }), seat({ application_id: 'c' })];
  it('are sent only where they changed, and only whole', () => {
    const marks = { a: { score: ' 75 ', practice: 'done' as const, note: ' rapi ' }, b: markOf(seats[1]!), c: { score: '', practice: 'done' as const, note: '' } };
    expect(changedMarks(seats, marks)).toEqual({ items: [{ application_id: 'a', test_score: 75, practice: 'done', note: 'rapi' }], wrong: ['c'] });
  });
  it('stay between 0 and 100', () => {
    for (const score of ['101', '-1', '7,5', 'x']) expect(changedMarks(seats, { a: { score, practice: 'done', note: '' } }).wrong).toEqual(['a']);
    expect(changedMarks(seats, { a: { score: '0', practice: 'not_done', note: '' } }).items[0]!.test_score).toBe(0);
  });
});

describe('what is read from things', () => {
  it('finds a badge in groups, in small letters and with spaces', () => {
    expect(readBadge('j7k4-m2qx-9trva')).toBe('J7K4M2QX9TRVA');
    expect(readBadge(' J7K4 M2QX 9TRVA ')).toBe('J7K4M2QX9TRVA');
    expect(readBadge('J7K4')).toBeUndefined();
  });
  it('counts serial numbers once, from lines and runs', () => {
    expect(readSerials('J-001..J-003\nR-9, R-9')).toEqual(['J-001', 'J-002', 'J-003', 'R-9']);
    expect(readSerials('J-003..J-001')).toBeUndefined();
    expect(readSerials('')).toEqual([]);
  });
  it('crops a photo to a square towards the top', () => {
    expect(cropOf(1200, 1600)).toEqual({ side: 1200, x: 0, y: 100 });
    expect(cropOf(1600, 1200)).toEqual({ side: 1200, x: 200, y: 0 });
  });
});
