/** The given name and an initial: as much of a name as a list on a phone needs. "Sumarni Dewi" → "Sumarni D." */
export function shortName(name: string): string {
  const [given = '', next] = name.trim().split(/\s+/);
  return next ? `${given} ${[...next][0]!.toUpperCase()}.` : given;
}
