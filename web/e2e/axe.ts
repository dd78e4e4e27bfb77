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
interface Judged { violations: Violation[]; fresh: string[] }

/**
 * How texts look whose contrast was found good by this worker. Contrast follows from a text's look alone – its
 * colour, size and weight, and what lies behind it – and judging it takes nine tenths of axe's time. So each look is
 * judged once, however many lines, languages and pages show it; all other rules are asked of every page, whole.
 */
const good = new Set<string>();

/** What axe finds serious on the page as it is now. The policy of the page forbids foreign scripts, so axe comes by the debugger. Bars that stay in place are let go for the while: a row half under one is no small target. */
export async function serious(page: Page): Promise<string[]> {
  await rested(page);
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe);
  const { violations, fresh } = await page.evaluate(judge, [...good]);
  if (!violations.some((v) => v.id === 'color-contrast')) fresh.forEach((look) => good.add(look));
  return violations.filter((v) => v.impact === 'serious' || v.impact === 'critical').map((v) => `${v.id}: ${v.help} at ${v.nodes.map((n) => n.target.join(' ')).join(', ')}`);
}

/** Waits until the page has taken a new size or theme and nothing moves. */
export const rested = (page: Page) => page.evaluate(still);

/** Ends when two pictures were painted and nothing moves any more that will ever rest. */
async function still(): Promise<void> {
  const painted = () => new Promise((done) => requestAnimationFrame(done));
  await painted();
  await painted();
  const moving = document.getAnimations().filter((a) => a.effect?.getComputedTiming().endTime !== Infinity);
  await Promise.all(moving.map((a) => a.finished.catch(() => undefined)));
}

/** Runs in the page, so it stands alone. */
async function judge(known: string[]): Promise<Judged> {
  const lookOf = new Map<Element, string>();
  const behind = (e: Element | null): string => {
    if (!e) return '';
    const found = lookOf.get(e);
    if (found !== undefined) return found;
    const css = getComputedStyle(e);
    const own = [css.backgroundColor, css.backgroundImage, css.opacity, css.filter, css.mixBlendMode].join();
    const plain = own === 'rgba(0, 0, 0, 0),none,1,none,normal' && css.position === 'static';
    const look = behind(e.parentElement) + (plain ? '' : `>${own},${css.position === 'static' ? '' : css.position + e.className}`);
    lookOf.set(e, look);
    return look;
  };
  const writes = (e: Element) => e.matches('input, select, textarea') || [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent!.trim());
  const seen = new Set(known);
  const fresh: string[] = [];
  const texts: Element[] = [];
  for (const e of document.querySelectorAll('body *')) {
    if (!writes(e) || !e.checkVisibility({ opacityProperty: true, visibilityProperty: true }) || e.matches(':disabled, [aria-disabled=true], [aria-disabled=true] *')) continue;
    const css = getComputedStyle(e);
    const look = [innerWidth < 900, css.color, css.fontSize, css.fontWeight, css.textShadow, behind(e)].join();
    if (seen.has(look)) continue;
    seen.add(look);
    fresh.push(look);
    texts.push(e);
  }
  const bars = document.querySelectorAll<HTMLElement>('nav.tabs, .bar');
  bars.forEach((e) => (e.style.position = 'static'));
  const { run } = (window as unknown as { axe: { run: (where: unknown, o: object) => Promise<{ violations: Violation[] }> } }).axe;
  const only = { resultTypes: ['violations'], preload: false };
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const { violations } = await run(document, { ...only, rules: { 'target-size': { enabled: true }, 'color-contrast': { enabled: false } }, runOnly: tags });
  if (texts.length) violations.push(...(await run({ include: texts }, { ...only, runOnly: { type: 'rule', values: ['color-contrast'] } })).violations);
  bars.forEach((e) => (e.style.position = ''));
  return { violations, fresh };
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
