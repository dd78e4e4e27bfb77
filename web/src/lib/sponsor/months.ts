/** The months that can still become free: from the one after this or the first that is paid, to the last. */
export function monthsFrom(first: string, last: string, today = new Date()): string[] {
  const n = (iso: string) => Number(iso.slice(0, 4)) * 12 + Number(iso.slice(5, 7)) - 1;
  const now = today.getFullYear() * 12 + today.getMonth();
  const out: string[] = [];
  for (let m = Math.max(n(first), now) + 1; m <= n(last); m++) out.push(`${Math.floor(m / 12)}-${String((m % 12) + 1).padStart(2, '0')}`);
  return out;
}
