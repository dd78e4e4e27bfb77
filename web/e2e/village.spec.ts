import { beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { caller, rfc } from './act';
import { serious, small, wider } from './axe';
import { DESK, login, PHONE, picture, signIn, useBrowser, type Person } from './browser';

const person = useBrowser();
let desk: Person;
let guest: Person;

beforeAll(async () => {
  [desk, guest] = await Promise.all([person(DESK), person(PHONE)]);
  await signIn(desk.page, login('officer'));
});

/** A desk and a phone can use the page as it is now. */
async function usable(page: Page, what: string) {
  for (const size of [DESK, PHONE]) {
    await page.setViewportSize(size);
    expect(await serious(page), what).toEqual([]);
    expect(await wider(page), `${what} is too wide`).toBe(0);
    if (size === PHONE) expect(await small(page), what).toEqual([]);
    await picture(page, `village-${what}-${size.width}`);
  }
  await page.setViewportSize(DESK);
}

describe('an aware village', () => {
  it('is proposed, agreed and corrected, says what it lacks, and shows its numbers to everybody', async () => {
    const { page } = desk;
    await page.goto('/villages');
    await page.click('button:has-text("Usulkan desa atau pasar")');
    await page.click('dialog button.main');
    await page.waitForSelector('#propose-area-notes .line');
    await page.fill('#propose-area', 'Legok');
    await page.click('[role=option]:has-text("Legok")');
    await page.click('dialog button.main');
    await page.waitForSelector('#road');
    await page.click('button:has-text("Ubah angka")');
    await page.fill('#fig-officials', '7');
    await page.fill('#fig-people', '120');
    await page.click('dialog button.main');
    await page.waitForSelector('#fig-source-notes .line');
    await page.fill('#fig-source', 'Profil kelurahan 2026');
    await page.click('dialog button.main');
    await page.waitForSelector('text=Orang bekerja: 120. Sumber: Profil kelurahan 2026');
    await page.click('button:has-text("Langkah berikut: Disepakati")');
    await page.click('dialog button.main');
    await page.waitForSelector('#step-reference-notes .line');
    await page.fill('#step-reference', 'SK Camat 3/2026');
    await page.click('dialog button.main');
    await page.waitForSelector('text=Dari 7 perangkat, 0 terdaftar dan 0 terlindungi; perlu 7 terlindungi.');
    expect(await page.isDisabled('button:has-text("Langkah berikut: Perangkat terlindungi")')).toBe(true);
    await page.click('button[aria-label="Koreksi: Disepakati"]');
    await page.fill('#step-reference', 'SK Camat 13/2026');
    await page.fill('#step-reason', 'nomornya salah tulis');
    await page.click('dialog button.main');
    await page.waitForSelector('text=nomornya salah tulis');
    await page.fill('#gov-contact', 'Bu Ani');
    await page.click('button:has-text("Daftarkan pemerintah desa")');
    await page.waitForSelector('a:has-text("Buka pemberi kerja")');
    await usable(page, 'page');

    await guest.page.goto((await page.getAttribute('a:has-text("Halaman umum")', 'href'))!);
    await guest.page.waitForSelector('h1:has-text("Legok")');
    await guest.page.waitForSelector('text=SK Camat 13/2026');
    await usable(guest.page, 'public');
    await guest.page.goto('/desa/tidak-ada');
    await guest.page.waitForSelector('h1:has-text("Halaman ini tidak ada")');

    await page.goto('/villages');
    await page.waitForSelector('tr:has-text("Legok"):has-text("Sedang dibangun")');
    await usable(page, 'list');
    expect([...desk.complaints, ...guest.complaints.filter((c) => !c.includes('404'))]).toEqual([]);
  });
});

describe('an aware village that was launched', () => {
  /** Registers the village government with one official, who is protected already; and holds a dialogue. */
  async function meet(village: string, area: string) {
    const office = await caller(login('officer'));
    const { employer_id } = await office.ask<{ employer_id: string }>('POST', '/employers', { kind: 'village_government', name: 'Pemerintah Kelurahan Orang Kayo Hitam', area, sector: 'government', risk_class: 1, size_class: 'small', contact_name: 'Bu Lurah' });
    const { items } = await office.ask<{ items: { worker_id: string; name: string; sex: string }[] }>('GET', '/workers?status=protected&limit=1');
    const who = items[0]!;
    const { birth_date } = await office.ask<{ birth_date: string }>('GET', `/workers/${who.worker_id}`);
    const { nik } = await office.ask<{ nik: string }>('POST', `/workers/${who.worker_id}/nik-reveal`, { reason: 'didaftarkan sebagai perangkat' });
    const person = { nik, name: who.name, birth_date, sex: who.sex, occupation: 'Lurah', consent: { notice_version: office.notice, channel: 'voice', at: rfc(Date.now()) } };
    await office.ask('POST', `/employers/${employer_id}/employees`, { person, wage: 2_500_000, position: 'Lurah' });
    const { items: places } = await office.ask<{ items: { place_id: string }[] }>('GET', '/places?q=angso');
    const { campaign_id } = await office.ask<{ campaign_id: string }>('POST', '/campaigns', { kind: 'dialogue', name: 'Dialog warga', office_id: office.office.office_id, place_id: places[0]!.place_id, opens_at: rfc(Date.now()), closes_at: rfc(Date.now() + 3_600_000) });
    await office.ask('POST', `/villages/${village}/dialogues`, { campaign_id });
    await office.ask('POST', `/campaigns/${campaign_id}/state`, { to: 'open' });
    await office.ask('POST', `/campaigns/${campaign_id}/guests`, { guests: [{ kind: 'community', name: 'Warga', heads: 40, state: 'attended', came: 33 }] });
    await office.ask('POST', `/campaigns/${campaign_id}/state`, { to: 'closed' });
  }

  it('goes all its steps, stands, turns amber with its reason, and its board says so to everybody', async () => {
    const { page } = desk;
    const office = await caller(login('officer'));
    const area = '15.71.04.1002'; // where the market of the sweep lies: many are protected there
    const told = { source: 'Profil kelurahan 2026', on: office.today };
    const { village_id: id } = await office.ask<{ village_id: string }>('POST', '/villages', { kind: 'village', area, day: office.today, officials: 1, potential: { people: 10_000, ...told } });
    const now = async () => (await office.ask<{ protected: number }>('GET', `/villages/${id}`)).protected;
    const figures = async (people: number) => {
      await page.click('button:has-text("Ubah angka")');
      await page.fill('#fig-people', String(people));
      await page.click('dialog button.main');
      await page.waitForSelector('dialog', { state: 'detached' });
    };
    const step = async (name: string, reference = '') => {
      await page.click(`button:has-text("Langkah berikut: ${name}"):enabled`);
      if (reference) await page.fill('#step-reference', reference);
      await page.click('dialog button.main');
      await page.waitForSelector('dialog', { state: 'detached' });
    };
    await meet(id, area);
    await page.goto(`/villages/${id}`);
    await page.waitForSelector('#road');
    await figures(2 * (await now()));
    await step('Disepakati', 'SK Walikota 8/2026');
    await step('Perangkat terlindungi');
    await step('Disosialisasikan');
    await step('Diluncurkan');
    await page.waitForSelector('#colour:has-text("Bertahan")');
    await figures(4 * (await now()));
    await page.waitForSelector('.state.grace #colour:has-text("Hampir hilang")');
    await page.waitForSelector('.state:has-text("sebelum statusnya hilang")');
    await page.click('button:has-text("Hitung sekarang")');
    await page.waitForSelector('text=Status dihitung.');
    await usable(page, 'amber');

    await guest.page.goto((await page.getAttribute('a:has-text("Halaman umum")', 'href'))!);
    await guest.page.waitForSelector('text=Hampir hilang');
    await guest.page.waitForSelector('text=Cakupan di atas ambang, tetapi sisanya tipis.');
    await usable(guest.page, 'amber-public');
    await page.goto('/villages');
    await page.waitForSelector('tr:has-text("Orang Kayo Hitam"):has-text("Hampir hilang")');
    expect(desk.complaints).toEqual([]);
  });
});
