import type { Finding } from '../api';
import { date, dayOf, maybe, monthNames, t, time, today } from '../i18n/index.svelte';
import { meaning } from '../nik/nik';
import type { Note } from '../ui/note';
import { birthParts, type Speech } from './check';
import type { FormData } from './form.svelte';

export const speech = (): Speech => ({ today: today(), monthName: (m) => monthNames()[m - 1] ?? String(m) });

/** The sentence of a finding: the server's own when it gave one, else ours for the key. */
export function sentence(finding: Finding): string {
  const args = Object.fromEntries(Object.entries(finding.args ?? {}).map(([k, v]) => [k, typeof v === 'number' ? v : String(v)]));
  return finding.detail || maybe('finding.' + finding.code, args) || t('finding.other', { code: finding.code });
}

export interface Acts {
  confirm: (code: string) => void;
  focus: (id: string) => void;
  changed: () => void;
  /** Leaves this person: he was recorded already. */
  drop: () => void;
  /** The short name of a record on this phone; empty when it cannot be read. */
  nameOf: (id: string) => string;
}

/** A finding as its field shows it, with a button for each truth where the person must choose. */
export function noteOf(finding: Finding, f: FormData, acts: Acts): Note {
  const note: Note = { code: finding.code, verdict: finding.verdict === 'pass' ? 'warn' : (finding.verdict ?? 'reject'), text: sentence(finding) };
  if (note.verdict !== 'warn') return note;
  switch (finding.code) {
    case 'nik.birth_differs': return birthNote(note, f, acts);
    case 'nik.sex_differs': return sexNote(note, f, acts);
    case 'nik.seen_here': return seenNote(note, finding, acts);
    case 'nik.filler':
      return {
        ...note, title: t('note.filler'),
        acts: [{ label: t('note.so_on_ktp'), act: () => acts.confirm('nik.filler') }, { label: t('note.change_nik'), act: () => acts.focus('nik') }]
      };
  }
  return note;
}

function seenNote(note: Note, finding: Finding, acts: Acts): Note {
  const { id, at } = finding.args as { id: string; at: string };
  const when = dayOf(at) === today() ? time(at) : date(dayOf(at));
  const name = acts.nameOf(id);
  return {
    ...note, title: t('note.seen_here'), text: name ? t('note.seen_here.named', { name, when }) : t('note.seen_here.text', { when }),
    acts: [{ label: t('note.seen_here.same'), act: acts.drop }, { label: t('note.seen_here.other'), act: () => acts.confirm('nik.seen_here') }]
  };
}

function birthNote(note: Note, f: FormData, acts: Acts): Note {
  const parts = birthParts(f, speech());
  const word = { d: 'note.day', m: 'note.month', y: 'note.year' } as const;
  const takeNik = () => {
    const seen = meaning(f.nik);
    for (const p of parts) f.birth[p.part] = p.part === 'm' ? String(seen.month) : p.part === 'd' ? String(seen.day) : p.nik;
    f.confirmed = f.confirmed.filter((c) => c !== 'nik.birth_differs');
    acts.changed();
  };
  return {
    ...note,
    title: parts.length === 1 ? t(word[parts[0]!.part]) : t('note.birth'),
    acts: [
      { label: t('note.ktp', { value: parts.map((p) => p.nik).join(' ') }), act: takeNik },
      { label: t('note.ktp', { value: parts.map((p) => p.mine).join(' ') }), act: () => acts.confirm('nik.birth_differs') }
    ]
  };
}

function sexNote(note: Note, f: FormData, acts: Acts): Note {
  const word = (s: string | undefined) => (s === 'F' ? t('sex.f') : t('sex.m'));
  const said = meaning(f.nik).sex!;
  const take = () => {
    f.sex = said;
    acts.changed();
  };
  return {
    ...note, title: t('note.sex'),
    acts: [
      { label: t('note.ktp', { value: word(said).toLowerCase() }), act: take },
      { label: t('note.ktp', { value: word(f.sex).toLowerCase() }), act: () => acts.confirm('nik.sex_differs') }
    ]
  };
}
