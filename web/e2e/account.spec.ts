import { describe, expect, it } from 'vitest';
import { DESK, enter, login, PHONE, picture, signIn, useBrowser } from './browser';

const person = useBrowser('', 'block');

describe('accounts', () => {
  it('are made with a password that is shown once, changed by their owner, seen in the audit, and closed', async () => {
    const admin = await person(DESK);
    await signIn(admin.page, login('admin'));
    await admin.page.goto('/accounts');
    await admin.page.click('header button:has-text("Tambah akun")');
    await admin.page.click('dialog button[form=add]');
    await admin.page.waitForSelector('#add-name-notes .line');
    await admin.page.fill('#add-name', 'Rosdiana Uji');
    await admin.page.fill('#add-login', 'rosdiana.uji');
    await admin.page.selectOption('#add-role', 'officer');
    await admin.page.click('dialog button[form=add]');
    const password = (await admin.page.textContent('dialog .password'))!.trim();
    expect(password.length).toBeGreaterThan(9);
    await admin.page.click('dialog footer button');
    await admin.page.locator('dialog').waitFor({ state: 'detached' });
    expect(await admin.page.textContent('body')).not.toContain(password);
    await picture(admin.page, 'accounts-1440');

    const { page } = await person(PHONE);
    await signIn(page, { login: 'rosdiana.uji', password, role: 'officer' });
    await page.goto('/account');
    await page.fill('#current', password);
    await page.fill('#next', 'pendek');
    await page.fill('#again', 'lain');
    await page.click('form button.main');
    await page.waitForSelector('#again-notes .line');
    await page.fill('#again', 'pendek');
    await page.click('form button.main');
    await page.waitForSelector('#next-notes .line, form [role=alert]');
    const better = 'empat ekor ikan patin';
    await page.fill('#next', better);
    await page.fill('#again', better);
    await page.click('form button.main');
    await page.waitForURL('**/login');
    await enter(page, { login: 'rosdiana.uji', password: better, role: 'officer' });

    await admin.page.goto('/audit');
    await admin.page.click('button:has-text("Akun dan HP")');
    await admin.page.waitForSelector('main li:has-text("Rosdiana Uji"):has-text("Kata sandi diganti")');
    await picture(admin.page, 'audit-1440');
    await admin.page.click('button:has-text("NIK dibuka")');
    expect(await admin.page.locator('main li:has-text("Kata sandi diganti")').count()).toBe(0);

    await admin.page.goto('/accounts');
    await admin.page.fill('#find', 'rosdiana');
    await admin.page.click('li button:has-text("Tutup")');
    await admin.page.click('dialog button[form=shut]');
    await admin.page.waitForSelector('li:has-text("Ditutup")');
    await page.goto('/workers');
    await page.waitForURL('**/login?next=*');
    expect([...admin.complaints]).toEqual([]);
  });
  it('show only what their role may do', async () => {
    const { page } = await person(PHONE);
    await enter(page, login('auditor'));
    expect(await page.locator('nav.tabs a').count()).toBeLessThanOrEqual(5);
    await page.goto('/account');
    expect(await page.textContent('main')).toContain('Jejak');
    expect(await page.textContent('main')).not.toContain('Akun kantor');
    await page.goto('/accounts');
    await page.waitForSelector('main [role=alert]');
  });
});
