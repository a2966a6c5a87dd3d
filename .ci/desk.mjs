// The desk in Chromium, screen by screen. See desk.sh.
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(join(process.env.MODULES, 'x.js'));
const puppeteer = require('puppeteer-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const { ADDRESS, PICTURES } = process.env;
const origin = new URL(ADDRESS.trim()).origin;
if (PICTURES) mkdirSync(PICTURES, { recursive: true });

const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM,
  args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
});
const found = [];
const say = (what) => found.push(what);
const page = await browser.newPage();
page.on('request', (request) => {
  if (!request.url().startsWith(`${origin}/`) && !request.url().startsWith('data:')) say(`asks for ${request.url()}`);
});
page.on('console', (message) => {
  // A faulty form is answered 422, which a browser notes.
  if (message.type() === 'error' && !/status of (409|410|422)/.test(message.text())) say(`${page.url()}: ${message.text()}`);
});
page.on('pageerror', (error) => say(`${page.url()}: ${error.message}`));

// 1280 and 390 are looked at; 320 is also 1280 at 400 %.
const WIDTHS = [1280, 390, 320];

async function judge(name) {
  for (const width of WIDTHS) {
    await page.setViewport({ width, height: 900 });
    await page.evaluate(() => document.fonts.ready);
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() =>
      axe.run(document, { resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }),
    );
    for (const { id, nodes } of violations) say(`${name} (${width}): ${id}: ${nodes[0].html.slice(0, 200)} ${nodes[0].failureSummary}`);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (wide > 0) say(`${name} is ${wide} pixels wider than a window of ${width}`);
    if (PICTURES && width !== 320) {
      await page.screenshot({ path: join(PICTURES, `${name}${width === 390 ? '-phone' : ''}.png`), fullPage: true });
    }
  }
  await page.setViewport({ width: 1280, height: 900 });
}

const text = () => page.$eval('main', (main) => main.innerText);
const press = async (name) => {
  const handle = await page.evaluateHandle(
    (name) => [...document.querySelectorAll('button, a.btn, main a')].find((one) => one.innerText.trim().startsWith(name)),
    name,
  );
  if (!handle.asElement()) throw new Error(`no “${name}” on ${page.url()}`);
  await Promise.all([page.waitForNavigation(), handle.asElement().click()]);
};
const open = (path) => page.goto(origin + path, { waitUntil: 'load' });
const fill = async (id, value) => {
  await page.$eval(`#${id}`, (input) => { input.value = ''; });
  await page.type(`#${id}`, value);
};

// The way in: the ticket, then who sits here, by keyboard alone.
await page.goto(ADDRESS.trim(), { waitUntil: 'load' });
await page.waitForSelector('#name');
const prefix = new URL(page.url()).pathname.split('/')[1];
await judge('who');
await page.evaluate(() => document.activeElement.blur());
await page.keyboard.press('Tab');
const first = await page.evaluate(() => document.activeElement.innerText);
if (first !== 'Skip to the page') say(`the first Tab is “${first}”`);
await page.keyboard.press('Enter');
for (let n = 0; n < 5 && (await page.evaluate(() => document.activeElement.id)) !== 'name'; n++) await page.keyboard.press('Tab');
await page.keyboard.type('Tom');
await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
await judge('who-error');
if ((await page.evaluate(() => document.activeElement.id)) !== 'summary') say('the summary of mistakes has no focus');
await fill('name', 'Tom Hallam');
await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
const times = [];
for (let n = 0; n < 5; n++) {
  const begun = Date.now();
  await open(`/${prefix}/`);
  times.push(Date.now() - begun);
}
await judge('home');

// The two conferences of the folder.
const conferences = await page.$$eval('tbody th a', (links) => links.map((link) => [link.innerText, link.getAttribute('href')]));
if (conferences.length !== 2) say(`${conferences.length} conferences`);
const held = conferences.find(([name]) => name.includes('Station Parade'))[1];
const called = conferences.find(([name]) => !name.includes('Station Parade'))[1];

const SCREENS = ['', 'people', 'people/1', 'people/1/edit', 'people/new', 'people/uninvited', 'attendance', 'meeting', 'meeting/cancel', 'minutes/5', 'minutes/5/0', 'decisions', 'papers', 'make', 'check', 'send', 'record', 'undo', 'door'];
const named = (path) => path.replaceAll('/', '-') || 'overview';
// Before anything is made: empty pages too.
for (const path of ['papers', 'check', 'send', 'record']) {
  await open(`${held}/${path}`);
  await judge(`${named(path)}-empty`);
}
for (const conference of [held, called]) {
  await open(`${conference}/make`);
  await press('Make the drafts');
  if (conference === held) await judge('run');
  await page.waitForFunction(() => /It is done|could not be done|failed/.test(document.body.innerText), { timeout: 90_000 });
  if (!/It is done/.test(await text())) say(`the drafts are not made: ${await text()}`);
}
await judge('run-done');
for (const path of SCREENS) {
  const answer = await open(path === 'minutes/5/0' ? (await firstRemark()) : `${held}${path && `/${path}`}`);
  if (answer.status() !== 200) say(`${path}: ${answer.status()}`);
  await judge(named(path.replace('minutes/5/0', 'remark')));
}
async function firstRemark() {
  await open(`${held}/minutes/5`);
  return page.$eval('.said .side a', (link) => link.getAttribute('href'));
}

// What a mistake looks like.
for (const [path, button, name] of [
  ['meeting', 'Save', 'meeting-error'],
  ['people/new', 'Add them', 'person-error'],
  ['minutes/5', 'Add, and the next', 'minutes-error'],
  ['decisions', 'Add the decision', 'decisions-error'],
  ['door', 'Open it', 'door-error'],
]) {
  await open(`${held}/${path}`);
  if (path === 'meeting') await fill('end', '1pm');
  await press(button);
  await judge(name);
}

// The check and the release of one kind, and what is to be sent then.
await open(`${held}/papers`);
await press('Sharing forms');
await judge('paper');
await open(`${held}/check/sharing-forms`);
await judge('check-kind');
for (;;) {
  const look = await page.$$eval('main a.btn', (links) => links.find((link) => link.innerText.startsWith('Check it'))?.getAttribute('href'));
  if (!look) break;
  await open(look);
  await judge('check-paper');
  await page.$$eval('input[type=checkbox]', (boxes) => boxes.forEach((one) => one.click()));
  await fill('checker', 'Ruth Penhaligon');
  await press('I have checked');
}
await open(`${held}/check/sharing-forms/release`);
await judge('release');
await press('Release');
await judge('release-error');
await page.$$eval('input[type=checkbox]', (boxes) => boxes.forEach((one) => one.click()));
await fill('checker', 'Ruth Penhaligon');
await press('Release');
await page.waitForFunction(() => /It is done|could not be done|failed/.test(document.body.innerText), { timeout: 90_000 });
if (!/released/.test(await text())) say(`nothing is released: ${await text()}`);
await open(`${held}/send/sharing-forms`);
await judge('send-kind');
await press('Those that are ticked');
await judge('send-error');
await open(`${held}/record`);
await press('Is the folder sound?');
await judge('record-sound');

// Letters, and the people of the other conference.
await open(`${called}/people`);
await judge('people-called');
await open(`${called}/check/thank-you`);
await judge('check-letters');

// The door, and without script.
await open(`${held}/door`);
await fill('name', 'Ruth Penhaligon');
await press('Open it');
await judge('door-open');
await press('Close it now');
await page.setJavaScriptEnabled(false);
await open(`${held}/people`);
await page.type('#q', 'Rahmani');
await press('Find');
if (!/1 found/.test(await text())) say('people are not found without script');
await press('Mr Mohammed Rahmani');
await press('Change');
await fill('role', 'Pharmacist');
await press('Save');
if (!/Saved/.test(await text())) say('nothing is saved without script');
await page.setJavaScriptEnabled(true);

// Other ways of seeing.
await page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }]);
const session = await page.createCDPSession();
await session.send('Emulation.setEmulatedMedia', { features: [{ name: 'forced-colors', value: 'active' }] });
await open(`${held}/people`);
await judge('forced-colours');
await session.send('Emulation.setEmulatedMedia', { features: [] });

// Nothing of it stays in the browser.
const kept = await page.evaluate(() => localStorage.length + sessionStorage.length);
if (kept > 0) say('something is kept by the browser');
await open(`/${prefix}/stop`);
await judge('stop');
await press('Close the desk');
await browser.close();
found.forEach((what) => console.error(what));
times.sort((one, other) => one - other);
console.log(`the desk in Chromium: ${found.length} findings; its first page takes ${times[2]} ms`);
process.exit(found.length > 0 ? 1 : 0);
