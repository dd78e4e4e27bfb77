/** Whether the person asked for no movement. */
export const still = (): boolean => window.matchMedia('(prefers-reduced-motion: reduce)').matches;
