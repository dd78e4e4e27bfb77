import { api, Problem, type Session } from './api';
import { onReach, onRefused } from './api/client';
import { setOffice } from './i18n/index.svelte';

const STORE = 'jaring.session';
const state = $state<{ now?: Session; online: boolean; asked: boolean; expired: boolean }>({
  online: navigator.onLine, asked: false, expired: false
});

onReach((online) => (state.online = online));
onRefused(() => (state.expired = state.now !== undefined));
window.addEventListener('offline', () => (state.online = false));
window.addEventListener('online', () => (state.online = true));

/** Who is logged in; undefined when nobody is. */
export const session = (): Session | undefined => state.now;
/** Whether the last call reached the office. */
export const online = (): boolean => state.online;
/** Whether the account may do an act. */
export const may = (act: string): boolean => state.now?.may.includes(act) ?? false;
/** Officers and heads work at a desk; agents in the market. */
export const isAgent = (): boolean => state.now?.account.role === 'agent';

/**
 * Asks the office who is logged in. Away from the network the last known session
 * stands, so that work goes on; the office decides again when it is reached.
 */
export async function startSession(): Promise<Session | undefined> {
  if (state.now && state.asked) return state.now;
  try {
    setSession(await api.session());
  } catch (error) {
    const problem = error as Problem;
    setSession(problem.away || problem.code === 'unavailable' ? kept() : undefined, problem.away);
  }
  state.asked = true;
  return state.now;
}

/** The session that was known last, at once and without the network; undefined when there is none. */
export function resumeSession(): Session | undefined {
  if (!state.now) {
    const last = kept();
    if (last) setSession(last, true);
  }
  return state.now;
}

/** Asks the office about a resumed session. When it is over, the work on the screen goes on, and one can log in again. */
export async function checkSession(): Promise<void> {
  if (state.asked) return;
  try {
    setSession(await api.session());
    state.asked = true;
  } catch (error) {
    if ((error as Problem).code === 'unauthenticated') state.expired = true;
  }
}

/** Where work begins: agents in the market, all others at the office's home. */
export const homePath = (): string => (isAgent() ? '/field' : '/home');

export function setSession(session: Session | undefined, away = false): void {
  state.now = session;
  state.expired = false;
  if (session) setOffice(session.office.zone, away ? localDay(session.office.zone) : session.today);
  try {
    if (session) localStorage.setItem(STORE, JSON.stringify(session));
    else if (!away) localStorage.removeItem(STORE);
  } catch {
    // a browser without storage asks again at each start
  }
}

function kept(): Session | undefined {
  try {
    return JSON.parse(localStorage.getItem(STORE) ?? 'null') ?? undefined;
  } catch {
    return undefined;
  }
}

const localDay = (zone: string): string => new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(new Date());

/** True when the office no longer knows the log-in; what is on the screen stays. */
export const expired = (): boolean => state.expired;
