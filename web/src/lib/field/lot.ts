import type { FieldCampaign, FieldLane, LotOutcome } from '../api/field';

/** What this phone said of a lot, until the office's own list has it. */
export interface OwnVisit {
  campaign: string;
  lane: string;
  number: string;
  outcome: LotOutcome;
  back_at?: string;
  at: string;
  /** The operation that told it. */
  id: string;
}

/** A lot as the screen shows it. */
export interface Lot {
  number: string;
  outcome?: LotOutcome;
  back_at?: string;
  /** Told by this phone and not yet at the office. */
  unsent: boolean;
  /** Met on the way; the plan does not have it. */
  counted: boolean;
}

export interface Lane extends Omit<FieldLane, 'lots'> {
  lots: Lot[];
  done: number;
  registered: number;
}

const LETTER = /\p{L}/u;
const DIGIT = /\p{Nd}/u;

/** A number as it is compared: "c 014", "C14" and "C-14" are one lot, "1-14" and "114" are two. The office folds alike. */
export function foldNumber(number: string): string {
  let folded = '';
  let gap = false;
  for (const c of number.normalize('NFKC').toUpperCase()) {
    const letter = LETTER.test(c);
    if (!letter && !DIGIT.test(c)) {
      gap = folded !== '';
      continue;
    }
    if (gap && letter === LETTER.test([...folded].at(-1)!)) folded += '-';
    folded += c;
    gap = false;
  }
  return folded.replace(/0*([0-9]+)/g, '$1');
}

/** The first figure in a number orders it. */
const orderOf = (number: string): number => Number(/\d+/.exec(number)?.[0] ?? 0);

const WEIGHT: Partial<Record<LotOutcome, number>> = { registered: 2, member: 1 };
const weight = (outcome: LotOutcome | undefined | '') => (outcome ? (WEIGHT[outcome] ?? 0) : -1);

/** Lanes with what the office knows and what this phone said, the own ones first. */
export function lanesOf(campaign: FieldCampaign, visits: OwnVisit[], unsent: (id: string) => boolean): Lane[] {
  const own = visits.filter((v) => v.campaign === campaign.campaign_id);
  const lanes = campaign.lanes.map((lane): Lane => {
    const lots = lotsOf(lane, own.filter((v) => v.lane === lane.lane_id), unsent);
    return { ...lane, lots, done: lots.filter((l) => l.outcome).length, registered: lots.filter((l) => l.outcome === 'registered').length };
  });
  return [...lanes.filter((l) => l.mine), ...lanes.filter((l) => !l.mine)];
}

function lotsOf(lane: FieldLane, visits: OwnVisit[], unsent: (id: string) => boolean): Lot[] {
  const lots = new Map(lane.lots.map((l): [string, Lot] => [foldNumber(l.number), { number: l.number, outcome: l.outcome || undefined, back_at: l.back_at, unsent: false, counted: false }]));
  for (const v of [...visits].sort((a, b) => a.at.localeCompare(b.at))) {
    const fold = foldNumber(v.number);
    const known = lots.get(fold);
    // A registration stands before all, then a member; else the newest word, and ours is the newest we know.
    const stands = weight(known?.outcome) > weight(v.outcome);
    lots.set(fold, {
      number: known?.number ?? v.number, counted: known?.counted ?? !known, unsent: (known?.unsent ?? false) || unsent(v.id),
      outcome: stands ? known!.outcome : v.outcome, back_at: stands ? known!.back_at : v.back_at
    });
  }
  return [...lots.values()].sort((a, b) => orderOf(a.number) - orderOf(b.number) || a.number.localeCompare(b.number));
}

/** The number that most likely comes next on a lane. */
export function nextNumber(lane: Lane): string {
  const last = lane.lots.at(-1)?.number;
  if (!last) return '1';
  const found = /\d+(?!.*\d)/.exec(last);
  if (!found) return '';
  return last.slice(0, found.index) + String(Number(found[0]) + 1).padStart(found[0].length, '0') + last.slice(found.index + found[0].length);
}
