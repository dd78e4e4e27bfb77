import { describe, expect, it } from 'vitest';
import { DESK, enter, fillPhone, invent, login, next, PHONE, picture, signIn, useBrowser } from './browser';

const person = useBrowser('', 'block');

describe('finding a person again', () => {
  it('shows a whole NIK only for a reason, and the history says who looked', async () => {
    const who = invent('Jumiati');
    const field = await person(PHONE);
    await signIn(field.page, login('agent'));
    await fillPhone(field.page, who);
    await next(field.page);
    await field.page.waitForSelector('.code');

    const { page, complaints } = await person(DESK);
    const asked: string[] = [];
    page.on('request', (r) => asked.push(r.url()));
    await signIn(page, login('officer'));
    await page.goto('/workers');
    await page.fill('#q', who.nik);
    await page.click(`td a:has-text("${who.name}")`);
    await page.waitForSelector('#facts');
    expect(await page.textContent('main')).not.toContain(who.nik);
    await picture(page, 'worker-1440');

    await page.click('button:has-text("Lihat NIK")');
    await page.click('dialog button.main');
    await page.waitForSelector('#reveal-reason-notes .line');
    await page.fill('#reveal-reason', 'cocokkan dengan KTP');
    await page.click('dialog button.main');
    await page.waitForSelector('dialog .nik');
    expect((await page.textContent('dialog .nik'))!.replaceAll(' ', '')).toBe(who.nik);
    await page.click('dialog button.main');
    await page.waitForFunction(() => /cocokkan dengan KTP|NIK/.test(document.querySelector('section[aria-labelledby=history] li')?.textContent ?? ''));
    expect(asked.filter((url) => url.includes(who.nik.slice(0, 12)))).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('books a payment, and the page says paid, not protected', async () => {
    const who = invent('Halimah');
    const { page } = await person(DESK);
    await signIn(page, login('officer'));
    await page.setViewportSize(PHONE);
    await fillPhone(page, who);
    await next(page);
    await page.click('text=Buka datanya');
    await page.waitForSelector('#facts');
    await page.setViewportSize(DESK);
    await page.click('button:has-text("Catat pembayaran")');
    await page.fill('#pay-reference', 'BUKTI-0001');
    await page.click('dialog button.main');
    await page.locator('dialog').waitFor({ state: 'detached' });
    await page.waitForSelector('.state >> text=/[Dd]ibayar|[Tt]erlindungi/');
  });

  it('corrects data with a reason', async () => {
    const who = invent('Nurhayti');
    const { page } = await person(DESK);
    await signIn(page, login('officer'));
    await page.setViewportSize(PHONE);
    await fillPhone(page, who);
    await next(page);
    await page.click('text=Buka datanya');
    await page.waitForSelector('#facts');
    await page.click('button:has-text("Betulkan")');
    await page.fill('#fix-name', 'Nurhayati Binti Salim');
    await page.fill('#fix-reason', 'salah ketik di lapak');
    await page.click('dialog button.main');
    await page.locator('dialog').waitFor({ state: 'detached' });
    await page.waitForSelector('h1:has-text("Nurhayati Binti Salim")');
  });
});

describe('the language', () => {
  it('changes all at once and stays after a reload', async () => {
    const { page } = await person(DESK);
    await enter(page, login('officer'));
    await page.waitForSelector('text=Berapa orang terlindungi hari ini?');
    await page.click('nav button:has-text("English")');
    await page.waitForSelector('text=How many people are protected today?');
    expect(await page.getAttribute('html', 'lang')).toBe('en');
    await page.reload();
    await page.waitForSelector('text=How many people are protected today?');
    await page.click('nav button:has-text("Bahasa Indonesia")');
    await page.waitForSelector('text=Berapa orang terlindungi hari ini?');
    expect(await page.getAttribute('html', 'lang')).toBe('id');
  });
});

describe('the log-in', () => {
  it('says what does not match, without saying which', async () => {
    const { page } = await person(PHONE);
    await page.goto('/workers');
    await page.waitForURL('**/login?next=*');
    await page.fill('#login', 'tidak.ada');
    await page.fill('#password', 'salah-sekali');
    await page.click('form button.main');
    await page.waitForSelector('[role=alert]');
    expect(await page.textContent('[role=alert]')).toContain('tidak cocok');
  });
  it('leads back to where one wanted to go, and never away', async () => {
    const { page } = await person(DESK);
    const who = login('officer');
    for (const [wanted, reached] of [['/workers', '/workers'], ['//example.org', '/home'], ['https://example.org', '/home']]) {
      await page.context().clearCookies();
      await page.goto('/login?next=' + encodeURIComponent(wanted!));
      await page.fill('#login', who.login);
      await page.fill('#password', who.password);
      await page.click('form button.main');
      await page.waitForURL((url) => url.pathname === reached);
    }
  });
});
