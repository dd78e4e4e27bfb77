import { describe, expect, it } from 'vitest';
import { DESK, fillIdentity, fillPhone, hasTwo, invent, login, next, PHONE, picture, reads, signIn, useBrowser } from './browser';

const person = useBrowser('', 'block');

describe('registering at the stall', () => {
  it('asks one thing after the other and ends with a number and a payment code', async () => {
    const { page, complaints } = await person(PHONE);
    await signIn(page, login('agent'));
    const who = invent('Sumarni');
    await fillPhone(page, who);
    await picture(page, 'register-consent-360');
    await next(page);
    await page.waitForSelector('.ok h1');
    expect(await page.textContent('.ok h1')).toContain(who.name);
    expect(await page.textContent('main')).toMatch(/REG \d\d-[0-9A-Z]{4}-[0-9A-Z]{3}/);
    expect((await page.textContent('.code'))!.trim()).not.toBe('');
    expect(await page.textContent('.pay')).toMatch(/Rp[\d.]+/);
    await picture(page, 'register-done-360');
    expect(complaints).toEqual([]);
  });

  it('tells the second agent that the person is here already', async () => {
    const who = invent('Kasiyem');
    const first = await person(PHONE);
    await signIn(first.page, login('agent', 0));
    await fillPhone(first.page, who);
    await next(first.page);
    await first.page.waitForSelector('.code');
    const second = await person(PHONE);
    await signIn(second.page, hasTwo('agent') ? login('agent', 1) : login('officer'));
    await fillPhone(second.page, who);
    await next(second.page);
    await second.page.waitForSelector('.ok h1');
    expect(await second.page.textContent('.ok')).toMatch(/sudah/);
    expect(await second.page.locator('.code').count()).toBe(0);
  });

  it('keeps every keystroke through a reload, and goes back without losing', async () => {
    const { page } = await person(PHONE);
    await signIn(page, login('agent'));
    const who = invent('Tumini');
    await page.goto('/register');
    await fillIdentity(page, who);
    await next(page);
    await page.fill('#phone', '0812 9999 000');
    await page.waitForTimeout(150);
    await page.reload();
    await page.waitForSelector('#phone');
    await reads(page, '#phone', '0812 9999 000');
    await page.click('button.back');
    await page.waitForSelector('#name');
    await reads(page, '#name', who.name);
    await reads(page, '#nik', who.nik.slice(0, 4));
  });

  it('warns of a birth year that differs, with one button for each truth', async () => {
    const { page } = await person(PHONE);
    await signIn(page, login('agent'));
    const who = invent('Marsinah');
    await page.goto('/register');
    await fillIdentity(page, { ...who, year: who.year + 1 });
    await page.click('#name');
    const warning = page.locator('#birth_date-notes .find');
    await warning.waitFor();
    expect(await warning.locator('button').allTextContents()).toEqual([`KTP: ${who.year}`, `KTP: ${who.year + 1}`]);
    await picture(page, 'register-identity-360');
    await warning.locator('button').first().click();
    await reads(page, '#birth_date-y', String(who.year));
    expect(await warning.count()).toBe(0);
  });

  it('says all that is missing at once, with links to the fields', async () => {
    const { page } = await person(PHONE);
    await signIn(page, login('agent'));
    await page.goto('/register');
    await page.waitForSelector('#nik');
    await next(page);
    const alert = page.locator('[role=alert]');
    await alert.waitFor();
    expect(await alert.locator('a').count()).toBe(4);
    await alert.locator('a').nth(1).click();
    await page.waitForFunction(() => document.activeElement?.id === 'name');
  });

  it('shows all groups on one page at a desk, with the price beside', async () => {
    const { page, complaints } = await person(DESK);
    await signIn(page, login('officer'));
    await page.goto('/register');
    await fillIdentity(page, invent('Rosmala'));
    await page.fill('#occupation', 'tukang jahit');
    await page.click('[role=option] >> nth=0');
    await page.click('label:has(input[value=lowest])');
    await page.waitForSelector('.sum .fig');
    await page.click('button.why');
    await page.waitForSelector('dialog[open]');
    expect(await page.locator('dialog li').count()).toBeGreaterThan(2);
    expect(await page.textContent('dialog')).toMatch(/PP 44\/2015|PP 50\/2025|PP 49\/2020|Permenaker/);
    await page.keyboard.press('Escape');
    await page.locator('dialog').waitFor({ state: 'detached' });
    await picture(page, 'register-1440');
    await page.click('label:has(input[value=signature])');
    await page.check('#consent');
    await page.click('.sum button.main');
    await page.waitForSelector('.ok h1');
    expect(await page.textContent('.ok h1')).toContain('Rosmala');
    expect(complaints).toEqual([]);
  });
});
