// Every page of HTML in a folder, in a real browser: axe-core finds nothing, nothing is wider than a narrow window, nothing
// is asked of any other address.
//
// node pages.mjs FOLDER, with axe-core and puppeteer-core beside it or in NODE_PATH; CHROMIUM names the browser.
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const require = createRequire(join(process.env.MODULES, 'x.js'));
const puppeteer = require('puppeteer-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const files = readdirSync(process.argv[2], { recursive: true })
  .filter((name) => name.endsWith('.html'))
  .sort();
if (files.length < 60) throw new Error(`only ${files.length} pages`);

const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM,
  args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  // A machine that builds at the same time is slow, and says nothing of a page.
  protocolTimeout: 600_000,
});
const found = [];

async function check(page, file) {
  const say = (what) => found.push(`${file}: ${what}`);
  await page.goto(pathToFileURL(join(process.argv[2], file)).href, { timeout: 0 });
  for (const scheme of ['light', 'dark']) {
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
    // 1280 wide; then 320, which is also 1280 at 400 %.
    for (const width of scheme === 'light' ? [1280, 320] : [1280]) {
      await page.setViewport({ width, height: 900 });
      await page.evaluate(axe);
      const rules = scheme === 'light' ? {} : { runOnly: { type: 'rule', values: ['color-contrast'] } };
      const options = { resultTypes: ['violations'], ...rules };
      const { violations } = await page.evaluate((options) => axe.run(document, options), options);
      for (const { id, nodes } of violations) say(`${id} (${scheme}, ${width}): ${nodes[0].html.slice(0, 160)}`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (wide > 0) say(`is ${wide} pixels wider than a window of ${width}`);
    }
  }
  const fonts = await page.evaluate(() => document.fonts.ready.then((all) => [...all].filter((it) => it.status === 'error').length));
  if (fonts > 0) say(`${fonts} fonts cannot be used`);
}

async function worker() {
  const page = await browser.newPage();
  page.on('request', (request) => {
    if (!/^(file|data):/.test(request.url())) found.push(`asks for ${request.url()}`);
  });
  page.on('console', (message) => message.type() === 'error' && found.push(`${page.url()}: ${message.text()}`));
  for (let file = files.pop(); file; file = files.pop()) await check(page, file);
}

const count = files.length;
await Promise.all([worker(), worker(), worker()]);
await browser.close();
found.forEach((what) => console.error(what));
console.log(`${count} pages in Chromium: ${found.length} findings`);
process.exit(found.length > 0 ? 1 : 0);
