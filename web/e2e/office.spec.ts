import { describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { DESK, fillPhone, invent, login, next, PHONE, picture, reads, signIn, useBrowser } from './browser';

const person = useBrowser();

async function register(page: Page, name: string) {
  const who = invent(name);
  await fillPhone(page, who);
  await next(page);
  await page.waitForSelector('.ok h1');
  await page.click('text=Buka datanya');
  await page.waitForSelector('#facts');
  return { ...who, path: new URL(page.url()).pathname };
}
/** A person registered by the officer, whose page is then open at a desk. */
async function atDesk(name: string) {
  const one = await person(DESK);
  await signIn(one.page, login('officer'));
  await one.page.setViewportSize(PHONE);
  const who = await register(one.page, name);
  await one.page.setViewportSize(DESK);
  return { ...one, who };
}

describe('a second look', () => {
  it.each([
    ['accept', 'main', 'diterima'],
    ['reject', 'warn', 'ditolak'],
    ['same', 'same', 'digabung']
  ] as const)('ends with %s, with a reason, and the record leaves the list', async (decision, button, said) => {
    const { page, complaints } = await person(DESK);
    await signIn(page, login('officer'));
    await page.goto('/reviews');
    const card = page.locator(decision === 'same' ? 'article:has(button:has-text("Orang yang sama"))' : 'article').first();
    await card.waitFor();
    const path = await card.locator('h2 a').getAttribute('href');
    await card.locator(button === 'same' ? 'button:has-text("Orang yang sama")' : `button.${button}`).click();
    await page.click('dialog button[form=decide]');
    await page.waitForSelector('#decide-reason-notes .line');
    await page.fill('#decide-reason', 'dicocokkan dengan KTP');
    await page.click('dialog button[form=decide]');
    await page.locator('dialog').waitFor({ state: 'detached' });
    await page.waitForSelector(`.toast:has-text("${said}")`);
    expect(await page.locator(`article h2 a[href="${path}"]`).count()).toBe(0);
    await page.goto(path!);
    await page.waitForSelector('section[aria-labelledby=history] li');
    expect(await page.textContent('section[aria-labelledby=history]')).toContain('dicocokkan dengan KTP');
    expect(complaints).toEqual([]);
  });
});

describe('the same person twice', () => {
  it('is merged into the record that stays, and the other leads there', async () => {
    const first = await atDesk('Kasmini');
    const { page, who, complaints } = await atDesk('Kasminah');
    await page.click('button:has-text("Gabungkan")');
    await page.fill('#merge-into', first.who.name);
    await page.click('[role=option] >> nth=0');
    await page.click('dialog button[form=merge]');
    await page.waitForSelector('#merge-reason-notes .line');
    await page.fill('#merge-reason', 'didaftarkan dua kali');
    await page.click('dialog button[form=merge]');
    await page.waitForURL('**' + first.who.path);
    await page.goto(who.path);
    await page.click('a:has-text("Buka data gabungannya")');
    await page.waitForURL('**' + first.who.path);
    expect(complaints).toEqual([]);
  });
});

describe('consent', () => {
  it('is withdrawn, and the record is closed for what is new', async () => {
    const { page, complaints } = await atDesk('Sulasmi');
    await page.click('section[aria-labelledby=more] button:has-text("Tarik persetujuan")');
    await page.fill('#withdraw-reason', 'diminta pekerja');
    await page.click('dialog button[form=withdraw]');
    await page.locator('dialog').waitFor({ state: 'detached' });
    await page.waitForSelector('.state:has-text("ditarik")');
    expect(await page.locator('section[aria-labelledby=more]').count()).toBe(0);
    expect(await page.textContent('section[aria-labelledby=history]')).toContain('diminta pekerja');
    expect(complaints).toEqual([]);
  });
});

describe('every amount', () => {
  it('has its why: on the worker’s page and in the payment', async () => {
    const { page } = await atDesk('Wartini');
    await page.click('section[aria-labelledby=money] button:has-text("Mengapa segini?")');
    await page.waitForSelector('dialog[open]:has-text("Aturan versi")');
    expect(await page.textContent('dialog')).toMatch(/Kuat|Sedang|Lemah/);
    await page.keyboard.press('Escape');
    await page.click('button:has-text("Catat pembayaran")');
    await page.click('dialog button:has-text("Mengapa segini?")');
    await page.waitForSelector('dialog[open]:has-text("Aturan versi")');
    await page.keyboard.press('Escape');
    expect(await page.locator('#pay-amount').count()).toBe(1);
  });
});

describe('the place of work', () => {
  it('is picked from the list and kept with the record', async () => {
    const { page } = await person(DESK);
    await signIn(page, login('officer'));
    await page.goto('/register');
    await page.fill('#workplace', 'angso');
    await page.click('[role=option]:has-text("Pasar Angso Duo")');
    await reads(page, '#workplace', 'Pasar Angso Duo');
    await page.fill('#workplace', 'tempat yang tidak ada');
    await page.waitForSelector('text=/Tidak ada di daftar/');
  });
});
