import address from './regency.json?url';

interface Table {
  provinces: Record<string, string>;
  regencies: Record<string, string>;
}
let table: Promise<Table> | undefined;

/** The names behind the first four digits, present and former codes. Fetched once, and kept for work without a network. */
export async function placeOf(digits: string): Promise<{ province?: string; regency?: string; known: boolean }> {
  table ??= fetch(address).then((answer) => answer.json() as Promise<Table>);
  table.catch(() => (table = undefined));
  const { provinces, regencies } = await table;
  const province = provinces[digits.slice(0, 2)];
  const regency = digits.length >= 4 ? regencies[digits.slice(0, 4)] : undefined;
  return { province, regency, known: digits.length < 4 ? !!province : !!regency };
}
