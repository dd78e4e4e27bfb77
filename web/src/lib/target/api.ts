import { query } from '../api';
import { get, post } from '../api/client';
import type { FigureList, FigurePage, NewFigure } from './types';

const at = (figure: string) => `/targets/${encodeURIComponent(figure)}`;

export interface FigureChange { value: number; source: string; as_of: string; reason: string }

export const targets = {
  find: (year?: number) => get<FigureList>('/targets' + query({ year })),
  get: (figure: string) => get<FigurePage>(at(figure)),
  add: (body: NewFigure, key: string) => post<FigurePage>('/targets', body, { key }),
  change: (figure: string, version: number, body: FigureChange, key: string) => post<FigurePage>(at(figure) + '/change', body, { key, ifMatch: `"${version}"` }),
  withdraw: (figure: string, reason: string, key: string) => post<unknown>(at(figure) + '/withdrawal', { reason }, { key })
};
