/** The wire types of GET /rules. */
export type RuleGroup = 'bpu' | 'pu' | 'relief' | 'jkk' | 'jkm' | 'school' | 'jht' | 'deadline';

/** One rule in words, with where it comes from. */
export interface Rule {
  id: string;
  key: string;
  group: RuleGroup;
  title: string;
  value: string;
  from: string;
  to?: string;
  article: string;
  source: string;
  mark: 'H' | 'M' | 'L';
  note?: string;
  table?: { heads: string[]; numbers: boolean[]; rows: string[][] };
}

export interface RuleChange {
  key: string;
  group: RuleGroup;
  title: string;
  before?: Rule;
  after?: Rule;
}

/** A point that the law leaves open, and how this office decides it. */
export interface RulePoint {
  name: string;
  question: string;
  decided: string;
  others: string[];
  default: boolean;
}

export interface Rules {
  version: string;
  as_of: string;
  on: string;
  since?: string;
  items: Rule[];
  changes: RuleChange[];
  points: RulePoint[];
}
