import { describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { enter, fillPhone, hasTwo, invent, login, next, PHONE, picture, useBrowser } from './browser';

const person = useBrowser();

async function enrol(page: Page) {
  await page.goto('/device');
  await page.click('form button.main');
  await page.waitForSelector('text=/HP ini terpasang/');
}
const box = (page: Page) => page.locator('section[aria-labelledby=box] li');

describe('an enrolled phone without signal', () => {
  it('keeps a registration through a closed tab and sends it, signed, when signal is back', async () => {
    const { page, context, complaints } = await person(PHONE);
    await enter(page, login('agent'));
    await enrol(page);
    await page.goto('/register');
    await page.waitForSelector('#nik');
    const who = invent('Wagiman');
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await context.setOffline(true);
    await fillPhoneHere(page, who);
    await next(page);
    await page.waitForSelector('.ok.kept');
    expect(await page.textContent('.ok h1')).toContain('tersimpan di HP ini');
    await picture(page, 'register-kept-360');
    await page.close();

    const again = await context.newPage();
    await again.goto('/device');
    await box(again).first().waitFor();
    expect(await box(again).first().textContent()).toContain(who.name);
    expect(await box(again).first().textContent()).toContain('Menunggu');
    await picture(again, 'outbox-360');

    await context.setOffline(false);
    const send = again.locator('button', { hasText: 'Kirim sekarang' });
    if (await send.count()) await send.click().catch(() => undefined);
    await again.waitForSelector('text=/Diterima|diperiksa/');
    expect(await box(again).first().textContent()).toMatch(/REG \d\d-/);
    await again.goto('/workers');
    await again.fill('#q', who.name);
    await again.waitForSelector(`text=${who.name}`);
    expect(complaints).toEqual([]);
  });

  it('shows the second of two phones why its record was refused', async () => {
    const who = invent('Sarpin');
    for (const n of [0, 1]) {
      const { page, context } = await person(PHONE);
      await enter(page, n === 1 && !hasTwo('agent') ? login('officer') : login('agent', n));
      await enrol(page);
      await page.goto('/register');
      await page.waitForSelector('#nik');
      await context.setOffline(true);
      await fillPhoneHere(page, who);
      await next(page);
      await page.waitForSelector('.ok.kept');
      await context.setOffline(false);
      await page.click('text=Lihat kotak kirim');
      await box(page).first().waitFor();
      await page.evaluate(() => window.dispatchEvent(new Event('online')));
      const wanted = n === 0 ? /Diterima/ : /Ditolak/;
      await page.waitForFunction((source) => new RegExp(source).test(document.querySelector('section[aria-labelledby=box] li')?.textContent ?? ''), wanted.source);
      if (n === 1) {
        expect(await box(page).first().textContent()).toMatch(/sudah/);
        await page.click('text=Sudah saya lihat');
        await box(page).first().waitFor({ state: 'detached' });
      }
    }
  });
});

/** The form is open already: the network is cut, nothing is loaded anew. */
async function fillPhoneHere(page: Page, who: ReturnType<typeof invent>) {
  const goto = page.goto.bind(page);
  page.goto = (async () => null) as typeof page.goto;
  await fillPhone(page, who);
  page.goto = goto;
}
