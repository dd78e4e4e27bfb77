import { describe, expect, it } from 'vitest';
import { serious, small, wider } from './axe';
import { DESK, fillIdentity, invent, login, PHONE, picture, signIn, useBrowser, visit } from './browser';

const person = useBrowser('', 'block');
for (const [name, size, role] of [['phone', PHONE, 'agent'], ['desk', DESK, 'officer']] as const) {
  describe(`everybody can use it: ${name}`, () => {
    it('log-in', async () => {
      const { page } = await person(size);
      await page.goto('/login');
      await page.waitForSelector('h1');
      await picture(page, `login-${size.width}`);
      expect(await serious(page)).toEqual([]);
      expect(await wider(page)).toBe(0);
      if (size === PHONE) expect(await small(page)).toEqual([]);
    });
    it('each screen, in both languages', async () => {
      const { page } = await person(size);
      await signIn(page, login(role));
      const screens = ['/home', '/workers', '/register', '/device', '/account', '/rules', '/manfaat', ...(role === 'officer' ? ['/reviews'] : []), '/nowhere'];
      for (const lang of ['id', 'en']) {
        for (const screen of screens) {
          // Each is loaded whole once; in the other language a link leads from one to the next.
          await (lang === 'id' || screen === '/home' ? page.goto(screen) : visit(page, screen));
          await page.waitForSelector('h1');
          expect(await page.evaluate(() => document.documentElement.lang)).toBe(lang);
          if (lang === 'id') await picture(page, `${screen.slice(1)}-${size.width}`);
          expect(await serious(page), `${screen} ${lang}`).toEqual([]);
          expect(await wider(page), `${screen} ${lang} is too wide`).toBe(0);
          if (size === PHONE) expect(await small(page), `${screen} ${lang}`).toEqual([]);
        }
        await page.evaluate(() => localStorage.setItem('jaring.lang', 'en'));
      }
    });
    it('a worker’s page and its dialogs', async () => {
      const { page } = await person(size);
      await signIn(page, login(role));
      await page.goto('/workers');
      await page.click('main section a >> nth=0');
      await page.waitForSelector('#facts');
      await picture(page, `worker-${size.width}`);
      expect(await serious(page)).toEqual([]);
      expect(await wider(page)).toBe(0);
      if (size === PHONE) expect(await small(page)).toEqual([]);
      for (const open of ['Betulkan', 'Mengapa segini?']) {
        const button = page.locator('button', { hasText: open });
        if (!(await button.count())) continue;
        await button.first().click();
        await page.waitForSelector('dialog[open]');
        expect(await serious(page), open).toEqual([]);
        await page.keyboard.press('Escape');
        await page.locator('dialog').waitFor({ state: 'detached' });
      }
    });
    it('what the auditor and the admin see, and the family page with its why', async () => {
      for (const [role, screen] of [['auditor', '/audit'], ['admin', '/accounts']] as const) {
        const { page } = await person(size);
        await signIn(page, login(role));
        await page.goto(screen);
        await page.waitForSelector('main li');
        await picture(page, `${screen.slice(1)}-${size.width}`);
        expect(await serious(page), screen).toEqual([]);
        expect(await wider(page), screen).toBe(0);
        if (size === PHONE) expect(await small(page), screen).toEqual([]);
      }
      const { page } = await person(size);
      await page.goto('/manfaat');
      await page.click('#jht');
      await page.waitForSelector('section[aria-labelledby=h-jht]');
      expect(await serious(page)).toEqual([]);
      if (size === PHONE) expect(await small(page)).toEqual([]);
      await page.locator('.gets button:has-text("Mengapa segini?")').first().click();
      await page.waitForSelector('dialog[open]');
      expect(await serious(page), 'why').toEqual([]);
    });
    it('the form with findings, in sunlight too', async () => {
      const { page } = await person(size);
      await signIn(page, login(role));
      await page.goto('/register');
      const who = invent('Siti');
      await fillIdentity(page, { ...who, year: who.year - 1 });
      await page.click('#name');
      await page.waitForSelector('#birth_date-notes .find');
      expect(await serious(page)).toEqual([]);
      await page.evaluate(() => (document.documentElement.dataset.theme = 'terik'));
      await picture(page, `register-terik-${size.width}`);
      expect(await serious(page), 'terik').toEqual([]);
    });
  });
}

describe('a narrow, enlarged or quiet screen', () => {
  it('needs no sideways scroll at 320 px', async () => {
    const { page } = await person({ width: 320, height: 640 });
    await signIn(page, login('agent'));
    await page.goto('/home');
    for (const screen of ['/home', '/workers', '/register', '/device', '/account', '/rules', '/manfaat']) {
      await visit(page, screen);
      await page.waitForSelector('h1');
      await page.waitForTimeout(300);
      expect(await wider(page), screen).toBe(0);
    }
  });
  it('is used by keyboard alone', async () => {
    const { page } = await person(DESK);
    await page.goto('/login');
    await page.waitForSelector('#login');
    const who = login('officer');
    await page.focus('#login');
    await page.keyboard.type(who.login);
    await page.keyboard.press('Tab');
    const at = () => page.evaluate(() => document.activeElement?.id);
    expect(await at()).toBe('password');
    await page.keyboard.type(who.password);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/home');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.className)).toContain('skip');
  });
  it('stands still for those who want no movement', async () => {
    const { page } = await person(PHONE);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.goto('/login');
    await page.waitForSelector('h1');
    const longest = await page.evaluate(() => Math.max(...[...document.querySelectorAll('*')].map((e) => parseFloat(getComputedStyle(e).transitionDuration) || 0)));
    expect(longest).toBeLessThanOrEqual(0.01);
  });
});
