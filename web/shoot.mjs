import { chromium } from 'playwright-core';
import { readFileSync } from 'node:fs';
const url = process.argv[2]; const d = JSON.parse(readFileSync(process.argv[3])); const out = process.argv[4];
const login = (role, n=0) => d.logins.filter((l) => l.role === role)[n];
const b = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--headless','--no-sandbox','--disable-gpu'] });
const SIZES = { phone: { width: 360, height: 800 }, desk: { width: 1440, height: 900 }, hall: { width: 1920, height: 1080 } };
async function as(role, size, f, n=0) {
  const c = await b.newContext({ viewport: SIZES[size], locale: 'id-ID', baseURL: url, hasTouch: size==='phone' });
  const p = await c.newPage(); p.setDefaultTimeout(30000);
  p.on('pageerror', (e) => console.log('PAGEERROR', size, e.message));
  if (role) { await p.goto('/login'); await p.fill('#login', login(role,n).login); await p.fill('#password', login(role,n).password); await p.click('form button.main'); await p.waitForURL(/\/(home|field)$/); }
  const shot = async (name, full=false) => { await p.waitForTimeout(700); await p.screenshot({ path: `${out}/${name}-${size}.png`, fullPage: full }); };
  await f(p, shot); await c.close();
}
const steps = await import(process.argv[5]);
await steps.default(as);
await b.close();
