import { api, type Area } from '../api';

/** An area that was chosen, as it is listed. */
export interface Picked { code: string; label: string }

/** The areas that a text may mean; undefined when the office cannot be asked. */
export const findAreas = (q: string): Promise<Area[] | undefined> => api.areas({ q, limit: 8 }, { timeout: 5000 }).then(({ items }) => items, () => undefined);
/** What lies around an area, the nearest first. */
export const aboveOf = (a: Area): string => a.path.filter((p) => p.code !== a.code).slice(-2).reverse().map((p) => p.name).join(' · ');
export const pickedOf = (a: Area): Picked => ({ code: a.code, label: [a.name, a.path.at(-2)?.name].filter(Boolean).join(', ') });
