import { describe, expect, it } from 'vitest';
import type { Rule, RuleGroup } from '../api';
import { byGroup, fateOf, matching } from './rule';

const rule = (id: string, group: RuleGroup, title = id, value = ''): Rule => ({ id, key: id, group, title, value, from: '2015-07-01', article: 'PP 44/2015', source: 's', mark: 'H' });

describe('rules on the page', () => {
  it('stand in groups, none lost', () => {
    const groups = byGroup([rule('d', 'deadline'), rule('a', 'bpu'), rule('x', 'new' as RuleGroup), rule('b', 'bpu')]);
    expect(groups.map((g) => [g.group, g.items.map((i) => i.id)])).toEqual([['bpu', ['a', 'b']], ['deadline', ['d']], ['new', ['x']]]);
  });
  it('are found by all words, in any field', () => {
    const all = [rule('jkm.funeral', 'jkm', 'Biaya pemakaman', 'Rp10.000.000'), rule('jkk.death', 'jkk', 'Meninggal karena kerja', '60%')];
    expect(matching(all, '')).toHaveLength(2);
    expect(matching(all, 'BIAYA 44/2015').map((r) => r.id)).toEqual(['jkm.funeral']);
    expect(matching(all, 'biaya kerja')).toEqual([]);
  });
  it('changed, began or ended', () => {
    const r = rule('a', 'bpu');
    const of = (before?: Rule, after?: Rule) => fateOf({ key: 'a', group: 'bpu', title: '', before, after });
    expect([of(r, r), of(undefined, r), of(r)]).toEqual(['changed', 'began', 'ended']);
  });
});
