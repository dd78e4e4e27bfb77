import { describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { caller, register, sweep } from './act';
import { rested, serious, wider } from './axe';
import { DESK, invent, login, PHONE, picture, signIn, useBrowser } from './browser';

const person = useBrowser('', 'block');
/** A walk through many screens, on a machine that has other work too. */
const LONG = 180_000;
const HALL = { width: 1920, height: 1080 };

/** What hangs over the edge of its own box or of the screen, and text that is too small for a hall. */
const faults = (page: Page) =>
  page.evaluate(() => {
    const found: string[] = [];
    const least = Math.min(innerWidth / 120, innerHeight / 67.5) * 1.124;
    for (const e of document.querySelectorAll<HTMLElement>('main.wall *')) {
      const box = e.getBoundingClientRect();
      if (!box.width || e.closest('.vh, .bg, svg')) continue;
      if (box.right > innerWidth + 1 || box.bottom > innerHeight + 1) found.push(`outside: ${e.className} ${e.textContent?.slice(0, 20)}`);
      const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent?.trim());
      if (own && !e.closest('footer') && parseFloat(getComputedStyle(e).fontSize) < least) found.push(`small: ${e.className} ${e.textContent?.slice(0, 20)} ${getComputedStyle(e).fontSize}`);
    }
    const [list, foot] = [document.querySelector('.board')!, document.querySelector('.board .foot')!];
    const last = [...list.querySelectorAll('li')].filter((li) => !foot.contains(li)).at(-1)?.getBoundingClientRect();
    if (last && last.bottom > foot.getBoundingClientRect().top + 1) found.push('the ranking runs into its foot');
    if (document.documentElement.scrollHeight > innerHeight) found.push('scrolls');
    return found;
  });

/** A sweep that runs, with two agents and what they registered, and a screen in a hall that shows it. */
async function running(name: string, n: number) {
  const head = await caller(login('branch_head'));
  const agents = [await caller(login('agent', 0)), await caller(login('agent', 1))];
  const s = await sweep(head, name, [...new Set(agents.map((a) => a.account.account_id))]);
  await head.ask('POST', `/campaigns/${s.id}/state`, { to: 'open' });
  const people = Array.from({ length: n }, () => invent('Grebek'));
  for (const [i, who] of people.entries()) await register(agents[i % 3 === 2 ? 1 : 0]!, who, s.id, { lane_id: s.lanes[0]!.lane_id, number: String(i + 1) });
  const kiosk = await head.ask<{ kiosk_id: string; path: string }>('POST', `/campaigns/${s.id}/kiosks`, { name: 'Layar uji' });
  return { head, agents, people, kiosk, ...s };
}

describe('the board in the hall', () => {
  it('shows a running sweep without a log-in, moves when somebody is registered, and names no worker', async () => {
    const s = await running('Grebek papan', 4);
    const { page, complaints } = await person(HALL);
    await page.goto(s.kiosk.path);
    await page.waitForSelector('.now .big:has-text("4")');
    expect(await faults(page)).toEqual([]);
    expect(await serious(page)).toEqual([]);
    const who = invent('Papan');
    await register(s.agents[1]!, who, s.id);
    await page.waitForSelector('.now .big:has-text("5")');
    const text = (await page.textContent('body'))!;
    for (const worker of [...s.people, who]) expect(text).not.toContain(worker.name);
    expect(text).toMatch(/Pedagang sayur/);
    expect(await page.locator('.rows li, .low li').count()).toBe(2);
    await picture(page, 'board-1920');
    await page.setViewportSize(DESK);
    expect(await faults(page)).toEqual([]);
    await picture(page, 'board-1440');
    await page.setViewportSize(PHONE);
    expect(await wider(page)).toBe(0);
    await picture(page, 'board-360');
    await s.head.ask('POST', `/campaigns/${s.id}/state`, { to: 'paused' });
    await page.waitForSelector('header:has-text("Jeda")');
    await s.head.ask('POST', `/campaigns/${s.id}/state`, { to: 'closed' });
    await page.waitForSelector('header:has-text("hasil sementara")');
    expect(complaints).toEqual([]);
  }, LONG);

  it('says since when it is late, and catches up by itself', async () => {
    const s = await running('Grebek terlambat', 1);
    const { page, context } = await person(HALL);
    await page.clock.install();
    await page.goto(s.kiosk.path);
    await page.waitForSelector('.now .big:has-text("1")');
    await context.setOffline(true);
    await page.clock.runFor(60_000);
    await page.waitForSelector('header .late:has-text("per ")');
    expect(await page.textContent('.now .big')).toContain('1');
    await register(s.agents[0]!, invent('Terlambat'), s.id);
    await context.setOffline(false);
    await page.clock.runFor(30_000);
    await page.waitForSelector('.now .big:has-text("2")');
    await page.locator('header .late').waitFor({ state: 'detached' });
  }, LONG);

  it('stands before its start, follows a closed link no longer, and knows no other token', async () => {
    const head = await caller(login('branch_head'));
    const agent = await caller(login('agent', 0));
    const s = await sweep(head, 'Grebek besok', [agent.account.account_id], { from: 20, to: 140 });
    const kiosk = await head.ask<{ kiosk_id: string; path: string }>('POST', `/campaigns/${s.id}/kiosks`, { name: 'Layar uji' });
    const { page } = await person(HALL);
    await page.goto(kiosk.path);
    await page.waitForSelector('.clock');
    expect(await page.textContent('.clock')).toMatch(/^(20|19):\d\d$/);
    expect(await faults(page)).toEqual([]);
    expect(await serious(page)).toEqual([]);
    await picture(page, 'board-before-1920');
    await head.ask('DELETE', `/campaigns/${s.id}/kiosks/${kiosk.kiosk_id}`);
    // The screen stops by itself: the office asks again every few seconds whether it may still look.
    await page.waitForSelector('h1:has-text("tidak berlaku")', { timeout: 40_000 });
    await page.goto('/board?k=AAAAAAAAAAAAAAAAAAAAAA');
    await page.waitForSelector('h1:has-text("tidak berlaku")');
    expect(await serious(page)).toEqual([]);
    await page.goto('/board?c=' + s.id);
    await page.waitForSelector('h1:has-text("sudah masuk")');
    await signIn(page, login('officer'));
    await page.goto('/board?c=' + s.id);
    await page.waitForSelector('.clock');
  }, LONG);

  it('has room for everybody, however many they are', async () => {
    const s = await running('Grebek ramai', 1);
    const real = (await s.head.ask('GET', `/campaigns/${s.id}/board`)) as unknown as Record<string, unknown> & { agents: object[] };
    let agents: object[] = [];
    const { page } = await person(HALL);
    await page.route('**/api/v1/kiosk/live*', (route) => route.abort());
    await page.route('**/api/v1/kiosk/board*', (route) => route.fulfill({ json: { ...real, agents, teams: real.teams } }));
    const sizes = [HALL, { width: 1366, height: 768 }, { width: 1440, height: 900 }];
    for (const [turn, n] of [0, 1, 3, 10, 11, 25, 26, 40, 60, 61, 150].entries()) {
      agents = Array.from({ length: n }, (_, i) => ({ ...real.agents[0], account_id: 'a' + i, rank: i + 1, name: `Nur Hasanah ${i}`, office: 'Tanjung Jabung Barat', registered: Math.max(0, 40 - i), protected: Math.max(0, 30 - i), paid: 0 }));
      // Each size in turn is the one that the page is loaded at; the others are what the screen becomes.
      for (const [at, size] of [...sizes.slice(turn % 3), ...sizes.slice(0, turn % 3)].entries()) {
        await page.setViewportSize(size);
        if (at === 0) await page.goto('/board?k=ramai');
        await page.waitForSelector('.now .big');
        await rested(page);
        expect(await faults(page), `${n} agents at ${size.width}`).toEqual([]);
      }
    }
  }, LONG);
});
