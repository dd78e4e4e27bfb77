import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { caller, market, rfc, type Caller } from './act';
import { serious, small, wider } from './axe';
import { qr } from '../src/lib/field/qr';
import { DESK, enterField, house, login, PHONE, picture, signIn, useBrowser } from './browser';

const folder = mkdtempSync(join(tmpdir(), 'jaring-camera-'));
const film = join(folder, 'ticket.y4m');
const person = useBrowser(film);
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const GATES = ['Pintu Barat', 'Pintu Timur'];
let head: Caller;
let id: string;
let codes: string[];
let stand: string;
let entry: string;

/** Somebody signs up by himself, as the QR on the screen leads him, and has a ticket. */
async function signUp(entry: string, name: string, kind: string, needs: string[] = []): Promise<string> {
  const answer = await fetch(`${house()}/api/v1/public/halls/${entry}`, {
    method: 'POST', headers: { 'Content-Type': 'application/json', 'Idempotency-Key': `"${crypto.randomUUID()}"` }, body: JSON.stringify({ kind, name, needs, consent: true })
  });
  expect(answer.status).toBe(201);
  return ((await answer.json()) as { code: string }).code;
}

/** What a camera sees of a ticket on a sheet: one picture as Y4M, in grey. */
function held(text: string): Buffer {
  const [width, height, module] = [640, 480, 8];
  const code = qr(text);
  const [left, top] = [(width - code.length * module) / 2, (height - code.length * module) / 2];
  const light = Buffer.alloc(width * height, 210);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) if (code[Math.floor((y - top) / module)]?.[Math.floor((x - left) / module)]) light[y * width + x] = 40;
  const grey = Buffer.alloc(width * height / 2, 128);
  const frame = Buffer.concat([Buffer.from('FRAME\n'), light, grey]);
  return Buffer.concat([Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`), frame, frame]);
}

beforeAll(async () => {
  head = await caller(login('branch_head'));
  const { place } = await market(head);
  const agents = await Promise.all([0, 1].map((n) => caller(login('agent', n))));
  const made = await head.ask<{ campaign_id: string }>('POST', '/campaigns', {
    kind: 'jamboree', name: 'Jambore Uji ' + randomInt(1e6), office_id: head.office.office_id, place_id: place, opens_at: rfc(Date.now() - 60_000), closes_at: rfc(Date.now() + 3_600_000)
  });
  id = made.campaign_id;
  await head.ask('POST', `/campaigns/${id}/teams`, { teams: [{ name: 'Gerbang', members: agents.map((a) => a.account.account_id) }] }, { 'If-Match': await head.tag(`/campaigns/${id}`) });
  const { entry_path } = await head.ask<{ entry_path: string }>('POST', `/campaigns/${id}/hall`, {
    version: 0, gates: GATES, topics: ['Pinjaman KUR'], stamps: 1, sign_up: true, slides: [{ title: 'Kecelakaan kerja ditanggung', text: 'Tanpa batas biaya.' }]
  });
  entry = entry_path.split('/').at(-1)!;
  codes = [await signUp(entry, 'Siti Aminah', 'umkm', ['wheelchair']), await signUp(entry, 'Anton Wijaya', 'bank')];
  writeFileSync(film, held(`${house()}/tiket/${codes[1]!.replaceAll('-', '')}`));
  const { items } = await head.ask<{ items: { page: string }[] }>('POST', `/campaigns/${id}/stands`, {
    number: '4', name: 'Sandal SMP Negeri 4', kind: 'school', owner: 'SMP Negeri 4', contact_name: 'Bu Rina', team: 9, public: true, products: [{ name: 'Sandal batik', price: 35_000 }]
  });
  stand = items[0]!.page;
  await head.ask('POST', `/campaigns/${id}/queue`, { act: 'take', topic: 'Pinjaman KUR', ticket: codes[1] });
  await head.ask('POST', `/campaigns/${id}/queue`, { act: 'called', desk: 'Meja 1' });
  await head.ask('POST', `/campaigns/${id}/announcements`, { text: 'Makan siang di tenda timur', minutes: 30 });
});

/** The slide with the picture stands on the screen, drawn. */
const shows = (page: Page) => page.waitForFunction(() => (document.querySelector<HTMLImageElement>('figure img')?.naturalWidth ?? 0) > 0);

async function usable(page: Page, what: string, phone = false) {
  expect(await serious(page), what).toEqual([]);
  expect(await wider(page), `${what} is too wide`).toBe(0);
  if (phone) expect(await small(page), what).toEqual([]);
  await picture(page, `hall-${what}`);
}

/** A phone that has the day's tickets stands at a gate. */
async function atGate(n: number) {
  const one = await person(PHONE);
  await enterField(one.page, n);
  await one.page.goto('/field/gate');
  await one.page.click(`section:has(#e-${id}) button:has-text("${GATES[n]}")`);
  await one.page.waitForSelector('.answer.idle');
  return one;
}
async function show(page: Page, code: string, says: string) {
  await page.fill('#code', code);
  await page.click('form button');
  await page.waitForSelector(`.answer .verdict:text-is("${says}")`);
}

/** Somebody on the list belongs to a stand. */
async function place(page: Page, name: string, number: string) {
  await page.click(`tr:has-text("${name}") button:has-text("Atur stan")`);
  await page.selectOption('#pl-stand', number);
  await usable(page, 'office-place-1440');
  await page.click('dialog button[form=place]');
  await page.waitForSelector(`tr:has-text("${name}"):has-text("Stan 4 · Sandal SMP Negeri 4")`);
}

/** A stand shows who belongs to it and who was met there. */
async function meets(page: Page) {
  await page.click('tr:has-text("Sandal SMP Negeri 4") button:has-text("Lihat")');
  await page.waitForSelector('dialog li:has-text("Pak Udin")');
  await page.waitForSelector('dialog li:has-text("Anton Wijaya")');
  await usable(page, 'office-stand-1440');
  await page.keyboard.press('Escape');
}

/** A slide gets a picture: what is none is refused in words, and a picture is seen before it is saved. */
async function slides(page: Page) {
  const picture = await page.screenshot({ clip: { x: 0, y: 0, width: 900, height: 500 } });
  await page.setInputFiles('#slf-0', { name: 'foto.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('%PDF-1.7 and more of it') });
  await page.waitForSelector('fieldset .find.bad:has-text("bukan gambar JPEG")');
  await page.setInputFiles('#slf-0', { name: 'foto.png', mimeType: 'image/png', buffer: picture });
  await page.waitForFunction(() => (document.querySelector<HTMLImageElement>('fieldset img')?.naturalWidth ?? 0) > 0);
  await page.click('form[aria-labelledby=plan] > button.main');
  await page.waitForSelector('.toast');
  await usable(page, 'office-slides-1440');
  await page.setViewportSize(PHONE);
  await usable(page, 'office-slides-360', true);
  await page.setViewportSize(DESK);
}

describe('a hall', () => {
  it('lets a ticket in at two gates without a network, and the office sees one person and both gates', async () => {
    const [west, east] = await Promise.all([atGate(0), atGate(1)]);
    await usable(west.page, 'gate-360', true);
    await Promise.all([west.context.setOffline(true), east.context.setOffline(true)]);
    await show(west.page, codes[0]!, 'Boleh masuk');
    expect(await west.page.textContent('.answer')).toContain('kursi roda');
    await usable(west.page, 'gate-in-360', true);
    await show(east.page, `${house()}/tiket/${codes[0]!.replaceAll('-', '')}`, 'Boleh masuk');
    await show(west.page, codes[0]!.toLowerCase(), 'Sudah dipakai');
    await usable(west.page, 'gate-used-360', true);
    await show(west.page, 'AAAA-BBBB-CCCCC', 'Tiket tidak dikenal');
    // A browser without a reader of codes reads them by ours.
    expect(await east.page.evaluate(() => 'BarcodeDetector' in window)).toBe(false);
    await east.page.click('button:has-text("Buka kamera")');
    await expect.poll(() => east.page.textContent('.counts dd >> nth=0'), { timeout: 60_000 }).toBe('2');
    await east.page.waitForSelector('.answer .verdict:text-is("Boleh masuk")');
    await usable(east.page, 'gate-camera-360', true);
    await east.page.click('button:has-text("Tutup kamera")');
    // The phone opens from cold and still knows what it let in.
    await west.page.reload();
    await west.page.waitForSelector('.answer.idle');
    await show(west.page, codes[0]!, 'Sudah dipakai');
    await Promise.all([west.context.setOffline(false), east.context.setOffline(false)]);
    await Promise.all([west, east].map(({ page }) => page.evaluate(() => window.dispatchEvent(new Event('online')))));
    await expect.poll(() => head.ask<{ twice: unknown[] }>('GET', `/campaigns/${id}/hall`).then((h) => h.twice.length), { timeout: 60_000 }).toBe(1);
    await expect.poll(() => head.ask<{ inside: number }>('GET', `/campaigns/${id}/hall`).then((h) => h.inside), { timeout: 60_000 }).toBe(2);

    // Whoever is met at a stand is noted with it.
    await west.page.goto('/field/lead');
    await west.page.fill('#lead-name', 'Pak Udin');
    await west.page.selectOption('#lead-campaign', id);
    await west.page.selectOption('#lead-stand', { label: '4 · Sandal SMP Negeri 4' });
    await usable(west.page, 'lead-360', true);
    await west.page.click('form button.main');
    await expect.poll(() => head.ask<{ items: unknown[] }>('GET', `/leads?campaign=${id}`).then((l) => l.items.length), { timeout: 60_000 }).toBe(1);

    const { page, complaints } = await person(DESK);
    await signIn(page, login('branch_head'));
    await page.goto(`/campaigns/${id}/hall`);
    await page.waitForSelector('.good .fig');
    expect(await page.textContent('.good .fig')).toBe('2');
    const twice = await page.textContent('section:has(#twice) li');
    expect(twice).toContain('Siti Aminah');
    for (const gate of GATES) expect(twice).toContain(gate);
    await usable(page, 'office-gate-1440');
    for (const [tab, seen] of [['people', 'text=Anton Wijaya'], ['stands', 'text=9 siswa, tanpa nama'], ['queue', 'text=Meja 1'], ['exchange', '#new-offer'], ['screen', 'text=Makan siang']] as const) {
      await page.click(`nav.tabs a[href="?t=${tab}"]`);
      await page.waitForSelector(seen);
      await usable(page, `office-${tab}-1440`);
      if (tab === 'people') await place(page, 'Anton Wijaya', '4');
      if (tab === 'stands') await meets(page);
    }
    await slides(page);
    expect([...complaints, ...west.complaints, ...east.complaints]).toEqual([]);
  });

  it('shows tickets and stands to who has their code, and a loop to the whole hall', async () => {
    const { page } = await person(PHONE);
    await page.goto(`/tiket/${codes[1]}`);
    await page.waitForSelector('.qr svg');
    expect(await page.textContent('main')).toContain('Anton Wijaya');
    expect(await page.textContent('main')).toContain('Dipanggil sekarang, Meja 1');
    await usable(page, 'ticket-360', true);
    await page.goto(`/ikut/${entry}`);
    await page.click('form button.main');
    await page.waitForSelector('#in-name-notes');
    await usable(page, 'entry-360', true);
    await page.click('label:has(input[name=in-kind][value=guest])');
    await page.fill('#in-name', 'Dewi Lestari');
    await page.check('#in-consent');
    await page.click('form button.main');
    await page.waitForURL('**/tiket/**');
    await page.waitForSelector('h1:has-text("Dewi Lestari")');
    await page.goto(stand);
    await page.waitForSelector('text=Sandal batik');
    expect(await page.textContent('main')).not.toContain('Bu Rina');
    await usable(page, 'stand-360', true);
    await page.goto('/tiket/AAAA-BBBB-CCCCC');
    await page.waitForSelector('h1:has-text("Kode tidak dikenal")');

    const { path } = await head.ask<{ path: string }>('POST', `/campaigns/${id}/kiosks`, { name: 'Layar panggung' });
    const screen = await person({ width: 1920, height: 1080 });
    await screen.page.goto(path);
    await screen.page.waitForSelector('text=Makan siang di tenda timur');
    expect(await screen.page.textContent('aside')).toContain('Meja 1');
    await shows(screen.page);
    await usable(screen.page, 'loop-1920');
    await screen.page.click('button:has-text("English")');
    await screen.page.waitForSelector('button:has-text("Bahasa Indonesia")');
    await usable(screen.page, 'loop-en-1920');
    await screen.page.click('button:has-text("Bahasa Indonesia")');
    // Without a network, and from cold, the loop goes on with what it has.
    await screen.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await expect.poll(() => screen.page.evaluate(async () => (await (await caches.open('jaring-loop')).keys()).length), { timeout: 30_000 }).toBe(2);
    await screen.page.waitForFunction(() => !!navigator.serviceWorker.controller);
    await screen.context.setOffline(true);
    await screen.page.reload();
    await shows(screen.page);
    expect(await screen.page.textContent('aside')).toContain('Meja 1');
    for (const size of [DESK, PHONE]) {
      await screen.page.setViewportSize(size);
      await usable(screen.page, `loop-${size.width}`);
    }
  });
});
