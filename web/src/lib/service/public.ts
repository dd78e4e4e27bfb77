import { get, post } from '../api/client';
import type { Hours, Topic, TopicRow, Turn } from './api';

const id = encodeURIComponent;
export interface Called { label: string; topic: Topic; desk: string }
/** A desk as whoever stands before it sees it. */
export interface DeskPage { name: string; place: string; today: string; as_of: string; open_now: boolean; closed: boolean; by_phone: boolean; opens: Hours[]; topics: TopicRow[]; called: Called[]; waiting: number; entry_path?: string }
export interface OwnTurn extends Turn { day: string; over: boolean; ahead: number; name: string; place: string; called: Called[] }

export const servicePublic = {
  desk: (code: string) => get<DeskPage>(`/public/services/${id(code)}`),
  take: (code: string, topic: Topic, key: string) => post<{ code: string; page: string }>(`/public/services/${id(code)}`, { topic }, { key, timeout: 20_000 }),
  turn: (code: string) => get<OwnTurn>(`/public/turns/${id(code)}`),
  screen: (token: string) => get<DeskPage>(`/kiosk/service?k=${id(token)}`)
};

const KEPT = 'jaring.antre';
interface Kept { desk: string; day: string; label: string; page: string }
/** The number that this phone took at a desk on a day. */
export function keptTurn(desk: string, day: string): Kept | undefined {
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT) ?? 'null') as Kept | null;
    return kept?.desk === desk && kept.day === day ? kept : undefined;
  } catch {
    return undefined;
  }
}
export function keepTurn(kept: Kept): void {
  try {
    localStorage.setItem(KEPT, JSON.stringify(kept));
  } catch {
    // the code on the sign is scanned again
  }
}
