import { beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { enterField, invent, login, next, PHONE, picture, useBrowser, type Invented } from './browser';
import { caller, openSweep, outcomeOf, type Caller, type Market } from './market';

const person = useBrowser();
let head: Caller;
let market: Market;
const agents: Caller[] = [];

beforeAll(async () => {
  head = await caller(login('branch_head'));
  for (const n of [0, 1, 2]) agents.push(await caller(login('agent', n)));
  market = await openSweep(head, agents, 'Pasar Uji ' + (Date.now() % 100_000));
});

/** Enters, enrols the phone, and waits until all that the field needs lies on it. */
async function ready(page: Page, n: number) {
  await enterField(page, n);
  await page.waitForSelector('.kept');
}
async function identity(page: Page, who: Invented) {
  await page.waitForSelector('#nik');
  await page.click('#nik');
  await page.keyboard.type(who.nik);
  await page.fill('#name', who.name);
  await page.click('.offer');
  await next(page);
}
/** The questions of a registration that are left after the first. */
async function rest(page: Page) {
  await page.waitForSelector('#phone');
  await next(page);
  await page.fill('#occupation', 'pedagang sayur');
  await page.click('[role=option] >> nth=0');
  await page.click('label:has(input[value=lowest])');
  await next(page);
  await page.waitForSelector('.price .fig');
  await next(page);
  await page.click('label:has(input[value=tap])');
  await page.check('#consent');
}
const lot = (page: Page, number: string) => page.locator(`.lot:has(b:text-is("${number}"))`);
const sweepPage = async (page: Page) => {
  await page.goto('/field/sweep/' + market.campaign);
  await page.waitForSelector('.lots');
};
async function atLot(page: Page, number: string) {
  await sweepPage(page);
  await lot(page, number).click();
  await page.click('dialog button:has-text("Daftarkan di lapak ini")');
}
const online = (page: Page) => page.evaluate(() => window.dispatchEvent(new Event('online')));
const box = (page: Page) => page.locator('main li');

describe('an agent in a market without signal', () => {
  it('opens from cold, registers at a stall with a photo, and finds all at the office when signal is back', async () => {
    const { page, context, complaints } = await person(PHONE);
    await ready(page, 0);
    expect(await page.textContent('.kept')).toMatch(/terlindungi/);
    await picture(page, 'field-home-360');
    await page.close();
    await context.setOffline(true);

    const cold = await context.newPage();
    await cold.goto('/');
    await cold.waitForURL('**/field');
    await cold.waitForSelector('.kept');
    const who = invent('Sumarni');
    await atLot(cold, 'A-03');
    await identity(cold, who);
    await rest(cold);
    await cold.setInputFiles('input[type=file]', { name: 'ktp.jpg', mimeType: 'image/jpeg', buffer: await jpeg(cold) });
    await cold.waitForSelector('.photo img');
    await picture(cold, 'field-consent-360');
    await next(cold);
    await cold.waitForSelector('.ok.kept h1');
    expect(await cold.textContent('.ok h1')).toContain('tersimpan di HP ini');
    await picture(cold, 'field-kept-360');
    await cold.click('text=Lapak berikutnya');
    await lot(cold, 'A-03').waitFor();
    expect(await lot(cold, 'A-03').getAttribute('aria-label')).toMatch(/terdaftar, belum terkirim/);
    await picture(cold, 'field-sweep-360');

    for (const [number, act] of [['A-04', 'Tutup'], ['A-05', 'Sudah peserta'], ['A-06', 'Sudah diajak bicara']] as const) {
      await lot(cold, number).click();
      await cold.click(`dialog button:has-text("${act}")`);
      await cold.locator('dialog').waitFor({ state: 'detached' });
    }
    await lot(cold, 'A-07').click();
    await cold.click('dialog button:has-text("Menolak")');
    await cold.click('dialog button:has-text("Belum ada uang")');
    await lot(cold, 'A-08').click();
    await cold.click('dialog button:has-text("Datang lagi")');
    await cold.click('dialog button:has-text("Besok pagi")');
    await cold.locator('.lot.add').first().click();
    await cold.fill('#lot-number', 'A-13');
    await cold.click('dialog button:has-text("Tutup") >> nth=-1');
    await lot(cold, 'A-13').waitFor();
    await cold.goto('/field/box');
    await cold.waitForSelector('text=/8 belum terkirim. Aman di HP/');
    await picture(cold, 'field-box-360');

    await context.setOffline(false);
    await online(cold);
    await cold.waitForSelector('text=Semua sudah sampai di kantor.');
    expect(await box(cold).first().textContent()).toMatch(/Diterima|diperiksa/);
    for (const [number, outcome] of [['A-03', 'registered'], ['A-04', 'closed'], ['A-05', 'member'], ['A-06', 'visited'], ['A-07', 'refused'], ['A-08', 'back'], ['A-13', 'closed']] as const) {
      expect(await outcomeOf(agents[0]!, market.campaign, number), number).toBe(outcome);
    }
    const { data } = await head.call<{ items: { worker_id: string }[] }>('GET', '/workers?q=' + encodeURIComponent(who.name));
    const { data: photos } = await head.call<{ items: { kind: string; bytes: number }[] }>('GET', `/workers/${data.items[0]!.worker_id}/photos`);
    expect(photos.items).toHaveLength(1);
    expect(photos.items[0]!.bytes).toBeLessThan(150_000);
    expect(complaints).toEqual([]);
  });

  it('registers the same person on two phones: one is accepted, the other told why, and the stall is a member’s', async () => {
    const who = invent('Kasiyem');
    const phones: { page: Page; back: () => Promise<void> }[] = [];
    for (const [n, number] of [[0, 'B-01'], [1, 'B-02']] as const) {
      const { page, context } = await person(PHONE);
      await ready(page, n);
      await page.goto('/field/sweep/' + market.campaign);
      await page.click('button:has-text("Lorong B")');
      await context.setOffline(true);
      await lot(page, number).click();
      await page.click('dialog button:has-text("Daftarkan di lapak ini")');
      await identity(page, who);
      await rest(page);
      await next(page);
      await page.waitForSelector('.ok.kept');
      phones.push({ page, back: () => context.setOffline(false) });
    }
    await phones[0]!.back();
    await online(phones[0]!.page);
    await phones[0]!.page.waitForSelector('.code');
    await phones[1]!.back();
    await online(phones[1]!.page);
    await phones[1]!.page.waitForSelector('text=Ditolak kantor');
    expect(await phones[1]!.page.textContent('main')).toMatch(/sudah/);
    await picture(phones[1]!.page, 'field-refused-360');
    expect(await outcomeOf(agents[0]!, market.campaign, 'B-01')).toBe('registered');
    expect(await outcomeOf(agents[0]!, market.campaign, 'B-02')).toBe('member');
  });

  it('warns of a person whom this phone recorded already, without the network', async () => {
    const { page, context } = await person(PHONE);
    await ready(page, 2);
    await page.goto('/field/register');
    await page.waitForSelector('#nik');
    await context.setOffline(true);
    const who = invent('Tumini');
    await identity(page, who);
    await rest(page);
    await next(page);
    await page.waitForSelector('.ok.kept');
    await page.click('text=Daftarkan berikutnya');
    await page.waitForSelector('#nik');
    await page.click('#nik');
    await page.keyboard.type(who.nik);
    await page.click('#name');
    const warning = page.locator('#nik-notes .find');
    await warning.waitFor();
    expect(await warning.textContent()).toContain(who.name.split(' ')[0]!);
    await picture(page, 'field-seen-360');
    await warning.locator('button', { hasText: 'Bukan, lanjut' }).click();
    await warning.waitFor({ state: 'detached' });
  });
});

describe('the certificate', () => {
  it('switches registering off when it is suspended, offline too, and what waits is still sent', async () => {
    const { page, context } = await person(PHONE);
    await ready(page, 1);
    await page.goto('/field/register');
    await page.waitForSelector('#nik');
    await context.setOffline(true);
    await identity(page, invent('Marsinah'));
    await rest(page);
    await next(page);
    await page.waitForSelector('.ok.kept');
    const { number } = (await agents[1]!.call<{ number: string }>('GET', '/me/certificate')).data;
    await head.call('POST', `/certificates/${number}/stop`, { state: 'suspended', reason: 'Pemeriksaan di kantor' });
    try {
      await context.setOffline(false);
      await page.goto('/field');
      await page.waitForSelector('text=Pendaftaran sedang tidak bisa');
      await page.waitForFunction(() => !document.querySelector('.strip'));
      await picture(page, 'field-suspended-360');
      await context.setOffline(true);
      await page.goto('/field/register');
      await page.waitForSelector('text=Pendaftaran sedang tidak bisa');
      expect(await page.locator('#nik').count()).toBe(0);
      await page.goto('/field/badge');
      await page.waitForSelector('text=Dihentikan sementara');
      expect(await page.locator('.code').count()).toBe(0);
    } finally {
      await head.call('POST', `/certificates/${number}/stop`, { state: 'valid', reason: 'Selesai diperiksa' });
    }
  });

  it('shows a code of the minute without the network, and the public page takes it', async () => {
    const { page, context } = await person(PHONE);
    await ready(page, 0);
    await page.waitForTimeout(300);
    await context.setOffline(true);
    await page.goto('/field/badge');
    const code = (await page.textContent('.code'))!.replace(/\D/g, '');
    expect(code).toHaveLength(6);
    await picture(page, 'field-badge-360');
    const { number } = (await agents[0]!.call<{ number: string }>('GET', '/me/certificate')).data;
    expect(await page.getAttribute('.qr svg', 'aria-label')).toContain(`/a/${number}?c=${code}`);
    const { data } = await head.call<{ code: string; state: string }>('GET', `/public/certificates/${number}?code=${code}`);
    expect(data).toMatchObject({ code: 'right', state: 'valid' });
  });
});

/** A noisy photo of a phone's camera: too large to be sent as it is. */
async function jpeg(page: Page): Promise<Buffer> {
  const text = await page.evaluate(() => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [2400, 1500];
    const pen = canvas.getContext('2d')!;
    for (let n = 0; n < 3000; n++) {
      pen.fillStyle = `hsl(${(n * 37) % 360} 60% 60%)`;
      pen.fillRect((n * 131) % 2400, (n * 79) % 1500, 60, 40);
    }
    return canvas.toDataURL('image/jpeg', 0.95).split(',')[1]!;
  });
  return Buffer.from(text, 'base64');
}
