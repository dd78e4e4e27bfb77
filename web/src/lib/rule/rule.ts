import type { Rule, RuleChange, RuleGroup } from '../api';

/** The groups in the order of the page. */
export const GROUPS: RuleGroup[] = ['bpu', 'pu', 'relief', 'jkk', 'jkm', 'school', 'jht', 'deadline'];

export interface Group<T> { group: RuleGroup; items: T[] }

/** Items by group; a group that holds nothing is left out, and one that the page does not know stands last. */
export function byGroup<T extends { group: RuleGroup }>(items: readonly T[]): Group<T>[] {
  const unknown = [...new Set(items.map((i) => i.group))].filter((g) => !GROUPS.includes(g));
  return [...GROUPS, ...unknown].map((group) => ({ group, items: items.filter((i) => i.group === group) })).filter((g) => g.items.length > 0);
}

/** Items whose title, value or article holds all words that are looked for. */
export function matching(items: readonly Rule[], text: string): Rule[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return items.filter((i) => words.every((w) => `${i.title} ${i.value} ${i.article} ${i.id}`.toLowerCase().includes(w)));
}

/** What became of a rule between two days. */
export type Fate = 'changed' | 'began' | 'ended';
export const fateOf = (c: RuleChange): Fate => (c.before && c.after ? 'changed' : c.after ? 'began' : 'ended');
