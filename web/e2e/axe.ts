import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  id: string;
  impact: string;
  help: string;
  nodes: { target: string[]; failureSummary: string }[];
}

/** What axe finds serious on the page as it is now. The policy of the page forbids foreign scripts, so axe comes by the debugger. Bars that stay in place are let go for the while: a row half under one is no small target. */
export async function serious(page: Page): Promise<string[]> {
  await page.waitForTimeout(350);
  await page.evaluate(axe);
  await page.evaluate(() => document.querySelectorAll<HTMLElement>('nav.tabs, .bar').forEach((e) => (e.style.position = 'static')));
  const found = await page.evaluate(async () => {
    const run = (window as unknown as { axe: { run: (o: object) => Promise<{ violations: Violation[] }> } }).axe.run;
    return (await run({ rules: { 'target-size': { enabled: true } }, runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })).violations;
  });
  await page.evaluate(() => document.querySelectorAll<HTMLElement>('nav.tabs, .bar').forEach((e) => (e.style.position = '')));
  return found.filter((v) => v.impact === 'serious' || v.impact === 'critical').map((v) => `${v.id}: ${v.help} at ${v.nodes.map((n) => n.target.join(' ')).join(', ')}`);
}

/** Nothing hangs over the right edge. */
export const wider = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** What is too small for a thumb. */
export async function small(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const least = 48;
    return [...document.querySelectorAll<HTMLElement>('main button, main a.btn, main summary, nav.tabs a, main input:not([type=checkbox]):not([type=radio]), main select')]
      .filter((e) => e.offsetParent && !e.closest('[hidden], .vh, [aria-hidden]'))
      .map((e) => ({ e, box: e.getBoundingClientRect() }))
      .filter(({ box }) => box.height > 0 && (Math.round(box.height) < least || box.width < 40))
      .map(({ e, box }) => `${e.tagName} ${(e.textContent ?? '').trim().slice(0, 30)} ${Math.round(box.width)}×${Math.round(box.height)}`);
  });
}
