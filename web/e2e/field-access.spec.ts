import { beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { serious, small, wider } from './axe';
import { enter, invent, login, next, PHONE, picture, useBrowser, visit } from './browser';
import { caller, openSweep, type Market } from './market';

const person = useBrowser();
let market: Market;

beforeAll(async () => {
  market = await openSweep(await caller(login('branch_head')), [await caller(login('agent', 3))], 'Pasar Akses ' + (Date.now() % 100_000));
});

async function enrolled(page: Page) {
  await enter(page, login('agent', 3));
  await page.click('.enrol button.main');
  await page.click('dialog .btn.plain');
  await page.locator('.enrol').waitFor({ state: 'detached' });
}
async function fine(page: Page, name: string) {
  expect(await serious(page), name).toEqual([]);
  expect(await wider(page), `${name} is too wide`).toBe(0);
  expect(await small(page), name).toEqual([]);
}

describe('the field, for everybody', () => {
  it('each screen, in both languages, in sunlight too', async () => {
    const { page } = await person(PHONE);
    await enrolled(page);
    const screens = { '/field': '.kept', ['/field/sweep/' + market.campaign]: '.lots', '/field/register': '#nik', '/field/box': 'h2', '/field/badge': '.code' };
    for (const [lang, theme] of [['id', 'terang'], ['en', 'terang'], ['id', 'terik']] as const) {
      await page.evaluate(([l, t]) => (localStorage.setItem('jaring.lang', l!), localStorage.setItem('jaring.theme', t!)), [lang, theme]);
      for (const [screen, ready] of Object.entries(screens)) {
        // Each is loaded whole once; in the other language and theme a link leads from one to the next.
        await (lang === 'id' && theme === 'terang' || screen === '/field' ? page.goto(screen) : visit(page, screen));
        await page.waitForSelector(ready);
        await picture(page, `${screen.replace(market.campaign, 'id').slice(1).replaceAll('/', '-')}-${lang}-${theme}`);
        await fine(page, `${screen} ${lang} ${theme}`);
      }
    }
  });

  it('the stall’s sheet, the PIN, and 320 px', async () => {
    const { page } = await person({ width: 320, height: 640 });
    await enrolled(page);
    await page.goto('/field/sweep/' + market.campaign);
    await page.click('.lot >> nth=1');
    await page.waitForSelector('dialog[open]');
    await fine(page, 'lot');
    await page.click('dialog button:has-text("Datang lagi")');
    await fine(page, 'back');
    await page.keyboard.press('Escape');
    for (const screen of ['/field', '/field/register', '/field/badge', '/field/box']) {
      await page.goto(screen);
      await page.waitForSelector('h1, h2');
      await page.waitForTimeout(300);
      expect(await wider(page), screen).toBe(0);
    }
    await page.goto('/device');
    await page.click('button:has-text("Pasang PIN")');
    await page.waitForSelector('#pin-new');
    await fine(page, 'pin');
    await page.fill('#pin-new', '482615');
    await page.fill('#pin-again', '482615');
    await page.click('dialog button.main');
    await page.locator('dialog').waitFor({ state: 'detached' });
    await page.goto('/field');
    await page.waitForSelector('#pin');
    await fine(page, 'lock');
  });

  it('registers with the keyboard alone, in English', async () => {
    const { page } = await person(PHONE);
    await enrolled(page);
    await page.evaluate(() => localStorage.setItem('jaring.lang', 'en'));
    await page.goto('/field/register');
    await page.waitForSelector('#nik');
    const who = invent('Siti');
    await page.focus('#nik');
    await page.keyboard.type(who.nik);
    await page.keyboard.press('Tab');
    await page.keyboard.type(who.name);
    await page.keyboard.press('Tab');
    await page.waitForFunction(() => document.activeElement?.classList.contains('offer'));
    await page.keyboard.press('Enter');
    await page.focus('#name');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#phone');
    await page.focus('#phone');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#occupation');
    await page.focus('#occupation');
    await page.keyboard.type('vegetable');
    await page.waitForSelector('[role=option]');
    await page.keyboard.press('Enter');
    await page.focus('#income_kind');
    await page.keyboard.press('Space');
    await next(page);
    await page.waitForSelector('.price .fig');
    expect(await page.textContent('.price')).toMatch(/Cover until|until/);
    await fine(page, 'dues');
  });
});
