import type { Verdict } from '../api';

/** A finding as a field shows it: what is wrong, and the buttons that mend it or let it stand. */
export interface Note {
  code: string;
  verdict: Exclude<Verdict, 'pass'>;
  title?: string;
  text: string;
  acts?: { label: string; act: () => void; main?: boolean }[];
}
