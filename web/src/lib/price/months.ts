/** The numbers of months that are offered to be paid at once. */
export const MONTHS = [1, 3, 6, 12] as const;
