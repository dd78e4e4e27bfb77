import { describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { caller, rfc } from './act';
import { serious, wider } from './axe';
import { DESK, invent, login, PHONE, picture, signIn, useBrowser } from './browser';

const person = useBrowser('', 'block');

async function usable(page: Page, what: string) {
  expect(await serious(page), what).toEqual([]);
  expect(await wider(page), `${what} is too wide`).toBe(0);
  await picture(page, `${what}-${page.viewportSize()!.width}`);
}
const next = (page: Page) => page.click('.bar button.main');

/** An expo with a QR code at a stand, made by the office. */
async function stand() {
  const office = await caller(login('officer'));
  const { items } = await office.ask<{ items: { place_id: string }[] }>('GET', '/places?q=angso');
  const { campaign_id } = await office.ask<{ campaign_id: string }>('POST', '/campaigns', {
    kind: 'jamboree', name: invent('Expo').name, office_id: office.office.office_id, place_id: items[0]!.place_id, opens_at: rfc(Date.now()), closes_at: rfc(Date.now() + 36e5)
  });
  const source = await office.ask<{ path: string }>('POST', `/self/${campaign_id}/sources`, { stand: 'B-12' });
  return { office, campaign_id, path: source.path };
}

describe('registering oneself at a stand', () => {
  it('goes from the QR code over a one-time code to the first payment, on the own phone', async () => {
    const { office, campaign_id, path } = await stand();
    const who = invent('Mandiri');
    const phone = '08123' + String(Date.now()).slice(-7);
    const { page, complaints } = await person(PHONE);
    await page.goto(path);
    await page.waitForSelector('#phone');
    await usable(page, 'self-phone');
    await page.fill('#phone', '12');
    await next(page);
    await page.waitForSelector('#phone-notes .line');
    await page.fill('#phone', phone);
    await next(page);
    await page.waitForSelector('#code');
    await page.fill('#code', '000');
    await next(page);
    await page.waitForSelector('#code-notes .line');
    const said = await page.textContent('.find.hold');
    await usable(page, 'self-code');
    await page.fill('#code', /\d{6}/.exec(said!)![0]);
    await next(page);
    await page.waitForSelector('input[name=kind]', { state: 'attached' });
    await next(page);
    await page.waitForSelector('#kind-notes .line');
    await page.click('label:has(input[value=owner])');
    await usable(page, 'self-kind');
    await page.click('label:has(input[value=lone])');
    await next(page);
    await page.fill('#nik', who.nik);
    await page.fill('#name', who.name);
    await page.click('.offer');
    await usable(page, 'self-identity');
    await next(page);
    await page.fill('#village', 'Legok');
    await page.click('[role=option] >> nth=0');
    await next(page);
    await page.fill('#occupation', 'pedagang sayur');
    await page.keyboard.press('Tab');
    await page.click('label:has(input[value=lowest])');
    await next(page);
    await page.waitForSelector('.price .fig');
    await usable(page, 'self-dues');
    await next(page);
    await page.waitForSelector('#consent');
    await next(page);
    await page.waitForSelector('#consent-notes .line');
    await page.click('label:has(#consent)');
    await usable(page, 'self-agree');
    await next(page);
    await page.waitForSelector('#done');
    await usable(page, 'self-done');
    await page.click('a.btn.main');
    await page.waitForURL(/\/bayar\//);
    const code = /bayar\/(\d+)/.exec(page.url())![1]!;
    expect(complaints).toEqual([]);

    const orders = () => office.ask<{ items: { code: string; stand: string; fresh: boolean; state: string; amount: number }[] }>('GET', `/self/${campaign_id}/orders`);
    expect((await orders()).items).toMatchObject([{ code, stand: 'B-12', fresh: true, state: 'waiting' }]);
    const desk = await person(DESK);
    await signIn(desk.page, login('officer'));
    await desk.page.goto('/cashier');
    await desk.page.fill('#payer', code);
    await desk.page.click('.bill .btn.main, section button.btn.main');
    await picture(desk.page, 'self-cashier-1440');
    await desk.page.fill('#dep-reference', 'BK-77');
    await desk.page.click('button[form=deposit]');
    await expect.poll(async () => (await orders()).items[0]!.state, { timeout: 20_000 }).toBe('settled');
  });
});
