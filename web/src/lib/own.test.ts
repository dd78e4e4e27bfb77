import { expect, it } from 'vitest';
import { ownPath } from './own';

it.each([['/workers', '/workers'], ['//example.org', '/home'], ['/\\example.org', '/home'], ['https://example.org', '/home'], [null, '/home'], ['', '/home']])('%s leads to %s', (wanted, reached) => {
  expect(ownPath(wanted, '/home')).toBe(reached);
});
