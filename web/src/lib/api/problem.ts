import type { Finding } from './types';

/** The closed set of the server's codes, and the two that arise on the way to it. */
export type ProblemCode =
  | 'invalid' | 'unauthenticated' | 'forbidden' | 'not_found' | 'conflict' | 'held' | 'unavailable' | 'internal'
  | 'rate_limited' | 'network' | 'timeout';

const codeOfStatus: Record<number, ProblemCode> = {
  400: 'invalid', 401: 'unauthenticated', 403: 'forbidden', 404: 'not_found', 409: 'conflict', 412: 'conflict',
  413: 'invalid', 422: 'invalid', 428: 'conflict', 429: 'rate_limited', 503: 'unavailable'
};

/** Problem is every way a call can end without what was asked for. */
export class Problem extends Error {
  constructor(
    readonly code: ProblemCode,
    readonly status: number,
    readonly key: string,
    readonly detail: string,
    readonly findings: Finding[] = [],
    readonly trace?: string,
    readonly extra: Record<string, unknown> = {},
    readonly retryAfter?: number
  ) {
    super(`${status} ${code}: ${key}`);
  }

  /** away says that the request may not have reached the server. */
  get away(): boolean {
    return this.code === 'network' || this.code === 'timeout';
  }
}

/** Reads an answer that is not a success, whatever its form, as a Problem. */
export function problemOf(status: number, body: unknown, retryAfter?: string | null): Problem {
  const b = (body !== null && typeof body === 'object' ? body : {}) as Record<string, unknown>;
  const errors = Array.isArray(b.errors) ? (b.errors as Record<string, unknown>[]) : [];
  const code = status === 429 ? 'rate_limited' : ((b.code as ProblemCode | undefined) ?? codeOfStatus[status] ?? 'internal');
  return new Problem(
    code,
    status,
    text(b.key) || text(errors[0]?.code) || `error.${code}`,
    text(b.detail) || text(b.title),
    errors.map(findingOf),
    text(b.trace) || undefined,
    { ...b, ...((b.args as object | undefined) ?? (errors[0]?.args as object | undefined) ?? {}) },
    retryAfter ? Number(retryAfter) || undefined : undefined
  );
}

function findingOf(e: Record<string, unknown>): Finding {
  const pointer = text(e.pointer) || text(e.location).replace(/^body\.?/, '/').replaceAll('.', '/');
  return {
    pointer,
    code: text(e.code),
    verdict: (e.verdict as Finding['verdict']) ?? 'reject',
    args: (e.args as Record<string, unknown> | undefined) ?? {},
    detail: text(e.detail) || text(e.message)
  };
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The field of a pointer: "/consent/at" → "consent". */
export const fieldOf = (pointer = ''): string => pointer.replace(/^\//, '').split('/')[0] ?? '';
