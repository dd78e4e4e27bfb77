import { describe, expect, it } from 'vitest';
import { serious, small, wider } from './axe';
import { DESK, login, PHONE, picture, signIn, useBrowser } from './browser';

const person = useBrowser('', 'block');
// Another name each time, so that a server that runs already can be tried again.
const name = `KCP Uji ${Date.now() % 100_000}`;

async function fits(page: Parameters<typeof serious>[0], what: string, phone: boolean) {
  expect(await serious(page), what).toEqual([]);
  expect(await wider(page), `${what} is too wide`).toBe(0);
  if (phone) expect(await small(page), what).toEqual([]);
}

/** Finds an area and puts it on the list. */
async function pick(page: Parameters<typeof serious>[0], box: string, text: string) {
  await page.fill(box, text);
  await page.locator('[role=option]').first().click();
}

describe('offices', () => {
  it('are added under another one, given areas from a day on, renamed and closed', async () => {
    const { page, complaints } = await person(DESK);
    await signIn(page, login('admin'));
    await page.goto('/offices');
    await page.waitForSelector('main li a');
    await picture(page, 'offices-1440');
    await fits(page, 'the tree', false);

    await page.click('header button:has-text("Tambah kantor")');
    await page.click('dialog button[form=add-office]');
    await page.waitForSelector('#office-name-notes .line');
    await page.selectOption('#office-kind', 'branch');
    await page.fill('#office-name', name);
    await page.selectOption('#office-zone', 'Asia/Jayapura');
    await pick(page, '#office-areas', 'Mimika Baru');
    await picture(page, 'offices-add-1440');
    expect(await serious(page), 'adding').toEqual([]);
    await page.click('dialog button[form=add-office]');
    await page.waitForURL(/\/offices\/[0-9a-f-]{36}$/);
    await page.waitForSelector(`h1:has-text("${name}")`);
    await page.waitForSelector('main li:has-text("Mimika Baru")');

    await page.click('button:has-text("Ubah wilayah")');
    await page.waitForSelector('dialog li:has-text("Mimika Baru")');
    await page.fill('#areas-from', '31');
    await page.selectOption('#areas-from-m', '12');
    await page.fill('#areas-from-y', '2020');
    await page.click('dialog button[form=areas]');
    await page.waitForSelector('#areas-from-notes .line');
    await page.fill('#areas-from-y', '2099');
    await page.click('dialog li button:has-text("Hapus")');
    await pick(page, '#areas-add', 'Kabupaten Asmat');
    await picture(page, 'offices-areas-1440');
    expect(await serious(page), 'areas').toEqual([]);
    await page.click('dialog button[form=areas]');
    await page.locator('dialog').waitFor({ state: 'detached' });
    await page.waitForSelector('section li:has-text("Mimika Baru"):has-text("30 Desember 2099")');
    await page.waitForSelector('section li:has-text("Asmat"):has-text("sejak 31 Desember 2099")');
    expect(await page.textContent('section[aria-labelledby=history-title]')).toContain('Wilayah layanan diatur mulai 31 Desember 2099');
    await picture(page, 'office-1440');
    await fits(page, 'an office', false);

    await page.click('header button:has-text("Ganti nama")');
    await page.fill('#rename-name', name + ' Baru');
    await page.click('dialog button[form=rename]');
    await page.waitForSelector(`h1:has-text("${name} Baru")`);
    await page.click('header button:has-text("Tutup kantor")');
    await page.click('dialog button[form=shut-office]');
    await page.waitForSelector('main p:has-text("Ditutup sejak")');
    expect(await page.locator('button:has-text("Ubah wilayah")').count()).toBe(0);
    expect([...complaints]).toEqual([]);
  });
  it('say why one cannot be closed, and who serves an area already', async () => {
    const { page } = await person(PHONE);
    await signIn(page, login('admin'));
    await page.goto('/offices');
    await page.waitForSelector('main li a');
    await picture(page, 'offices-360');
    await fits(page, 'the tree', true);
    await page.click('main li a >> nth=0');
    await page.waitForSelector('#areas-title');
    await picture(page, 'office-360');
    await fits(page, 'an office', true);
    await page.click('.phone button:has-text("Tutup kantor")');
    await page.click('dialog button[form=shut-office]');
    await page.waitForSelector('dialog [role=alert] li >> nth=1');
    await picture(page, 'offices-close-360');
    await page.keyboard.press('Escape');

    await page.goto('/offices');
    await page.click('button.phone:has-text("Tambah kantor")');
    await page.fill('#office-name', name + ' Lain');
    await page.selectOption('#office-kind', 'branch');
    await pick(page, '#office-areas', 'Kota Jambi');
    await page.click('dialog button[form=add-office]');
    await page.waitForSelector('#office-areas-0-notes .line');
    await picture(page, 'offices-taken-360');
    expect(await serious(page), 'a taken area').toEqual([]);
  });
  it('are read and not changed by others', async () => {
    const { page } = await person(DESK);
    await signIn(page, login('auditor'));
    await page.goto('/offices');
    await page.waitForSelector('main li a');
    expect(await page.locator('button:has-text("Tambah kantor")').count()).toBe(0);
    await page.click('main li a >> nth=0');
    await page.waitForSelector('#history-title');
    expect(await page.locator('button:has-text("Ubah wilayah")').count()).toBe(0);
    const agent = await person(PHONE);
    await signIn(agent.page, login('agent'));
    await agent.page.goto('/offices');
    await agent.page.waitForSelector('[role=alert]');
  });
  it('remove an applicant’s data when the consent is taken back', async () => {
    const { page } = await person(PHONE);
    await signIn(page, login('officer'));
    await page.goto('/applications');
    await page.click('ul.filters button:has-text("Ditolak")');
    await page.click('article button:has-text("Hapus data") >> nth=0');
    await page.waitForSelector('dialog[open]');
    await picture(page, 'application-withdraw-360');
    expect(await serious(page), 'removing').toEqual([]);
    await page.click('dialog button[form=withdraw]');
    await page.locator('dialog').waitFor({ state: 'detached' });
    await page.waitForSelector('article h2:has-text("Data pelamar dihapus")');
    await picture(page, 'application-gone-360');
    await fits(page, 'applications', true);
  });
});
