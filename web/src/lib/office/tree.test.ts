import { describe, expect, it } from 'vitest';
import { dayOfParts, depths, kindsUnder, partsOf, plannedAfter, servedOn, sift } from './tree';
import type { OfficeRow } from './types';

const office = (id: string, parent: string | undefined, name: string, area = ''): OfficeRow => ({
  office_id: id, parent_id: parent, name, kind: 'branch', zone: 'Asia/Jakarta', accounts: 0, agents: 0,
  areas: area ? [{ code: '1', label: area, from: '2026-01-01' }] : []
});
const all = [office('r', 'gone', 'Wilayah'), office('b', 'r', 'Jambi', 'Kota Jambi'), office('s', 'b', 'Tebo', 'Kabupaten Tebo'), office('p', 'r', 'Palembang')];

describe('the tree of offices', () => {
  it('begins at the uppermost office that one reaches', () => {
    expect([...depths(all).values()]).toEqual([0, 1, 2, 1]);
  });
  it('shows what is looked for with what lies above it', () => {
    expect(sift(all, ' kabupaten TEBO').map((o) => o.office_id)).toEqual(['r', 'b', 's']);
    expect(sift(all, '').length).toBe(4);
    expect(sift(all, 'papua')).toEqual([]);
  });
  it('lets only smaller kinds lie under an office', () => {
    expect(kindsUnder('region')).toEqual(['branch', 'sub_branch']);
    expect(kindsUnder('sub_branch')).toEqual([]);
  });
});

describe('areas from a day on', () => {
  const dated = {
    dated_areas: [
      { code: 'a', label: 'A', from: '2026-01-01', to: '2026-11-30', when: 'now' as const },
      { code: 'b', label: 'B', from: '2026-01-01', when: 'now' as const },
      { code: 'c', label: 'C', from: '2026-12-01', when: 'coming' as const }
    ]
  };
  it('are those of that day, plans included', () => {
    expect(servedOn(dated, '2026-11-30').map((a) => a.code)).toEqual(['a', 'b']);
    expect(servedOn(dated, '2026-12-01').map((a) => a.code)).toEqual(['b', 'c']);
  });
  it('say which plans a change would replace', () => {
    expect(plannedAfter(dated, '2026-11-25').map((a) => a.code)).toEqual(['a', 'c']);
    expect(plannedAfter(dated, '2026-12-01')).toEqual([]);
  });
  it('are written as a day that exists', () => {
    expect(dayOfParts(partsOf('2026-12-01'))).toBe('2026-12-01');
    expect(dayOfParts({ d: '31', m: '11', y: '2026' })).toBe('');
  });
});
