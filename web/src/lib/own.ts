/** An address within this site, else the fallback: a link from outside must not lead away. */
export function ownPath(wanted: string | null, fallback: string): string {
  return wanted && /^\/(?![\/\\])/.test(wanted) ? wanted : fallback;
}
