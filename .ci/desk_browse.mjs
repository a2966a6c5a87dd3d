// A browser at the desk, and what is asked of every screen. See desk.sh.
import { appendFileSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(join(process.env.MODULES, 'x.js'));
const puppeteer = require('puppeteer-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const { ADDRESS, PICTURES } = process.env;

// 1280 and 390 are looked at; 320 is also 1280 at 400 %.
const WIDTHS = [1280, 390, 320];

export async function browse({ isSeated = true } = {}) {
  const origin = new URL(ADDRESS.trim()).origin;
  if (PICTURES) mkdirSync(PICTURES, { recursive: true });
  const browser = await puppeteer.launch({
    executablePath: process.env.CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  });
  const found = [];
  const seen = new Set();
  let last = 'the way in';
  // One line each, which begins with the name of the screen.
  const say = (screen, what) => found.push(`${screen}: ${what}`.replace(/\s+/g, ' ').slice(0, 400));
  const page = await browser.newPage();
  const at = () => `after ${last}, at ${new URL(page.url()).pathname.split('/').slice(4).join('/') || 'the first page'}`;
  page.on('request', (request) => {
    if (!request.url().startsWith(`${origin}/`) && !request.url().startsWith('data:')) say(at(), `asks for ${request.url()}`);
  });
  page.on('request', (request) => appendFileSync(process.env.ASKED, `${request.method()} ${new URL(request.url()).pathname}\n`));
  page.on('console', (message) => {
    // A browser notes every answer that is none of 200 or 303.
    if (message.type() === 'error' && !/status of (403|404|409|410|422)/.test(message.text())) say(at(), message.text());
  });
  page.on('pageerror', (error) => say(at(), error.message));
  page.on('response', (answer) => {
    if (answer.status() >= 500) say(at(), `the desk answers ${answer.status()}`);
  });
  // Whatever goes wrong is said in one line that names the screen.
  process.on('uncaughtException', async (error) => {
    say(at(), error.message);
    found.forEach((what) => console.error(what));
    await browser.close();
    process.exit(1);
  });

  async function judge(name) {
    last = name;
    seen.add(name);
    for (const width of WIDTHS) {
      await page.setViewport({ width, height: 900 });
      await page.evaluate(() => document.fonts.ready);
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() =>
        axe.run(document, { resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }),
      );
      for (const { id, nodes } of violations) say(name, `at ${width}, ${id}: ${nodes[0].html.slice(0, 160)} ${nodes[0].failureSummary}`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (wide > 0) say(name, `${wide} pixels wider than a window of ${width}`);
      if (PICTURES && width !== 320) {
        // What is loaded once it is seen is waited for, as far as anybody looks at once.
        await page.evaluate(async () => {
          const late = [...document.querySelectorAll('img[loading=lazy]')].slice(0, 3);
          late.forEach((one) => { one.loading = 'eager'; });
          await Promise.all(late.map((one) => one.decode().catch(() => {})));
        });
        await page.screenshot({ path: join(PICTURES, `${name}${width === 390 ? '-phone' : ''}.png`), fullPage: true });
      }
    }
    await page.setViewport({ width: 1280, height: 900 });
  }

  const text = () => page.evaluate(() => (document.querySelector('main') ?? document.body).innerText);
  const expect = async (name, words) => {
    last = name;
    const says = await text();
    if (!says.includes(words)) throw new Error(`does not say “${words}” but ${says.slice(0, 200)}`);
  };
  const press = async (name) => {
    const handle = await page.evaluateHandle(
      (name) => [...document.querySelectorAll('main button, main a, button, a.btn')].find((one) => one.innerText.trim().startsWith(name)),
      name,
    );
    if (!handle.asElement()) throw new Error(`has no “${name}”`);
    await Promise.all([page.waitForNavigation(), handle.asElement().click()]);
  };
  const open = (path) => page.goto(origin + path, { waitUntil: 'load' });
  const fill = async (id, value) => {
    if (!(await page.$(`#${id}`))) throw new Error(`has no input “${id}”`);
    await page.$eval(`#${id}`, (input) => { input.value = ''; });
    await page.type(`#${id}`, value);
  };
  // For what a key would not type, such as tabs.
  const put = (id, value) => page.$eval(`#${id}`, (input, value) => { input.value = value; }, value);
  const choose = async (id, value) => {
    const chosen = await page.select(`#${id}`, value);
    if (!chosen.includes(value)) throw new Error(`has no “${value}” in “${id}”`);
  };
  const tick = (name, value) => page.$eval(`input[name="${name}"][value="${value}"]`, (box) => box.click());
  // Waits until what is being made is made.
  const made = async (name) => {
    last = name;
    await page.waitForFunction(() => /It is done|could not be done|failed|put right/.test(document.body.innerText), { timeout: 90_000 });
    if (!/It is done/.test(await text())) throw new Error(`it is not done: ${(await text()).slice(0, 300)}`);
  };

  await page.goto(ADDRESS.trim(), { waitUntil: 'load' });
  await page.waitForSelector('#name');
  const prefix = new URL(page.url()).pathname.split('/')[1];
  if (isSeated) {
    await fill('name', 'Tom Hallam');
    await press('This is me');
  }
  const end = async (what) => {
    await open(`/${prefix}/stop`);
    await press('Close the desk');
    await browser.close();
    found.forEach((one) => console.error(one));
    console.log(`${what}: ${seen.size} screens, ${found.length} findings`);
    process.exit(found.length > 0 ? 1 : 0);
  };
  return { page, judge, say, open, press, fill, put, choose, tick, text, expect, made, prefix, origin, end };
}
