import { readLots } from '../campaign/lanes';

/** Serial numbers as they are written: one a line or with commas, `J-001..J-025` for a run; undefined when a part cannot be read. */
export function readSerials(text: string): string[] | undefined {
  const read = readLots(text.split(/[\n;]+/).join(','));
  return read && [...new Set(read)];
}
