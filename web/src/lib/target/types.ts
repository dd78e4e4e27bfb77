/** The wire types of targets, potentials and gaps. */
export type FigureKind = 'target' | 'potential' | 'gap';
export type FigureUnit = 'person' | 'employer';
export type FigurePart = 'all' | 'BPU' | 'PU' | 'micro_small' | 'micro' | 'small' | 'medium' | 'large';

export interface Course {
  reached: number;
  /** Enough whole months were seen to expect anything. */
  paced: boolean;
  expected: number;
  low: number;
  high: number;
  whole: number;
  months: { month: string; n: number }[];
  /** Working days after today. */
  days_left: number;
  /** Each working day that is left. */
  need: number;
  pace: number;
}

export interface Figure {
  figure_id: string;
  office_id: string;
  office_name: string;
  area?: string;
  area_name?: string;
  year: number;
  kind: FigureKind;
  unit: FigureUnit;
  part: FigurePart;
  value: number;
  source: string;
  as_of: string;
  version: number;
  may_manage: boolean;
  course?: Course;
  known?: { registered: number; since: number };
}

export interface FigureVersion { version: number; value: number; source: string; as_of: string; reason?: string; by?: string; at: string }
export interface FigurePage extends Figure { history: FigureVersion[] }
export interface FigureList { year: number; years: number[]; today: string; office_id: string; items: Figure[] }
export interface NewFigure { kind: FigureKind; unit: FigureUnit; part: FigurePart; year?: number; value: number; source: string; as_of: string; office_id?: string; area?: string }

/** The parts of which a figure of a kind and a unit may speak, as the office judges them. */
export const partsOf = (kind: FigureKind, unit: FigureUnit): FigurePart[] =>
  unit === 'employer' ? ['all', 'micro_small', 'micro', 'small', 'medium', 'large'] : kind === 'target' ? ['all', 'BPU', 'PU'] : ['all', 'BPU', 'PU', 'micro_small'];
