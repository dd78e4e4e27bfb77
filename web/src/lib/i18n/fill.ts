export type Args = Record<string, string | number>;

/**
 * Puts args into a text. `{name}` takes the value; `{n|day|days}` takes the first word
 * when n is 1 and the second otherwise. An argument that is missing stays visible.
 */
export function fill(text: string, args: Args = {}, show: (n: number) => string = String): string {
  return text.replace(/\{(\w+)(?:\|([^|}]*)\|([^|}]*))?\}/g, (whole, name: string, one?: string, many?: string) => {
    const value = args[name];
    if (value === undefined) return whole;
    if (one !== undefined && many !== undefined) return Number(value) === 1 ? one : many;
    return typeof value === 'number' ? show(value) : value;
  });
}

/** The names of the arguments that a text needs, sorted, each once. */
export function argsOf(text: string): string[] {
  return [...new Set([...text.matchAll(/\{(\w+)/g)].map((m) => m[1]!))].sort();
}
