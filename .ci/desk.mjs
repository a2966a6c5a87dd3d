// The desk in Chromium, screen by screen, over conferences that are there. See desk.sh.
import { browse } from './desk_browse.mjs';

const desk = await browse({ isSeated: false });
const { judge, say, page, open, press, fill, put, choose, tick, text, expect, made, prefix } = desk;

// The way in: the ticket, then who sits here, by keyboard alone.
await judge('who');
await page.evaluate(() => document.activeElement.blur());
await page.keyboard.press('Tab');
const first = await page.evaluate(() => document.activeElement.innerText);
if (first !== 'Skip to the page') say('who', `the first Tab is “${first}”`);
await page.keyboard.press('Enter');
for (let n = 0; n < 5 && (await page.evaluate(() => document.activeElement.id)) !== 'name'; n++) await page.keyboard.press('Tab');
await page.keyboard.type('Tom');
await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
await judge('who-error');
if ((await page.evaluate(() => document.activeElement.id)) !== 'summary') say('who-error', 'the summary of mistakes has no focus');
await fill('name', 'Tom Hallam');
await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
const times = [];
for (let n = 0; n < 5; n++) {
  const begun = Date.now();
  await open(`/${prefix}/`);
  times.push(Date.now() - begun);
}
await judge('home');

// The conferences of the folder, of which one is a workbook.
const conferences = await page.$$eval('tbody th a', (links) => links.map((link) => [link.innerText, link.getAttribute('href')]));
if (conferences.length !== 3) say('home', `${conferences.length} conferences and not 3`);
const held = conferences.find(([name]) => name.includes('Station Parade'))[1];
const book = conferences.find(([name]) => name.includes('Corn Exchange'))[1];
const called = conferences.find(([, link]) => link !== held && link !== book)[1];

const SCREENS = ['', 'people', 'people/1', 'people/1/edit', 'people/new', 'people/uninvited', 'people/list', 'organisations', 'organisations/1', 'attendance', 'meeting', 'meeting/cancel', 'minutes/5', 'minutes/5/0', 'minutes/approval', 'decisions', 'decisions/0', 'goals', 'goals/1', 'goals/1/actions/0', 'still', 'next', 'again', 'look', 'look/invitation', 'papers', 'make', 'check', 'send', 'record', 'undo', 'door'];
const named = (path) => path.replaceAll('/', '-') || 'overview';
// Before anything is made: empty pages too.
for (const path of ['papers', 'check', 'send', 'record']) {
  await open(`${held}/${path}`);
  await judge(`${named(path)}-empty`);
}
// A run is stopped, goes on, and is done.
await open(`${called}/make`);
await press('Make the drafts');
await press('Stop');
await judge('run-stopped');
await open(`${called}/run`);
await page.waitForFunction(() => !document.body.hasAttribute('data-goes-on'), { timeout: 90_000 });
for (const conference of [held, called]) {
  await open(`${conference}/make`);
  if (conference === held) await tick('join', 'yes');
  await press('Make the drafts');
  if (conference === held) await judge('run');
  await made('run-done');
}
await judge('run-done');
for (const path of SCREENS) {
  const answer = await open(path === 'minutes/5/0' ? (await firstRemark()) : `${held}${path && `/${path}`}`);
  if (answer.status() !== 200) say(named(path), `answers ${answer.status()}`);
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
  ['organisations', 'Add it', 'organisations-error'],
  ['goals', 'Add the goal', 'goals-error'],
  ['people/list', 'See what is in it', 'list-error'],
  ['next', 'Begin it', 'next-error'],
  ['door', 'Open it', 'door-error'],
]) {
  await open(`${held}/${path}`);
  if (path === 'meeting') await fill('end', '1pm');
  await press(button);
  await judge(name);
}

// Organisations and goals, saved as they are.
for (const [path, button] of [['organisations/1', 'Save'], ['goals/1', 'Save']]) {
  await open(`${held}/${path}`);
  await press(button);
  await expect(path, 'Saved');
}

// An action: what became of it, what was noted wrongly. What was found. A decision and a correction.
await open(`${held}/goals/1/actions/0`);
await press('Note it');
await expect('action-error', 'Enter what happened');
await judge('action-error');
await choose('status', 'done');
await fill('note', 'All columns were working on the evening of the check.');
await choose('news-owner', 'housing');
await press('Note it');
await expect('action-noted', 'Until then it was with');
await judge('action-noted');
await page.$eval('details.panel', (one) => { one.open = true; });
await put('todo', '');
await press('Put it right');
await expect('action-right-error', 'Enter what is to be done');
await judge('action-right-error');
await open(`${held}/goals/1`);
await fill('found', 'Lamps fail on 4 of 14 columns');
await fill('value', '4');
await press('Note it');
await judge('goal-measured');
await press('Change');
await judge('reading');
await fill('value', 'four');
await press('Save');
await expect('reading-error', 'Enter a whole number');
await judge('reading-error');
await fill('value', '3');
await press('Save');
await open(`${held}/decisions/0`);
await fill('text', ' ');
await press('Save');
await expect('decision-error', 'Enter the decision in words');
await judge('decision-error');
await open(`${held}/minutes/approval`);
await page.select('#by', await page.$eval('#by option:nth-child(2)', (one) => one.value));
await fill('text', 'The lights at the gate are out, not those at the field.');
await tick('share', 'community');
await press('Note the correction');
await press('Change');
await judge('correction');
await tick('answer', 'made');
await press('Save');
await expect('correction-saved', 'The minutes are changed');
await judge('correction-saved');

// People of a list that is a file of its own.
await open(`${called}/people`);
await expect('people-of-a-list', 'In guests.csv, row 2');
await judge('people-of-a-list');
await press('Ms Ada Quill');
await judge('person-of-a-list');
await press('Where to change it');
await expect('edit-of-a-list', 'They are in a list of people: change this in guests.csv');
await judge('edit-of-a-list');
await open(`${called}/attendance`);
await expect('attendance-of-a-list', 'Note it in guests.csv, row 2');
await judge('attendance-of-a-list');

// The address of an organisation, which its people have who have none.
await open(`${held}/organisations`);
await press('Golden Oven Bakery');
await put('address', '7 Station Parade\nMARSHGATE');
await press('Save');
await open(`${held}/people/new`);
await fill('name', 'Ms Ada Lovell');
await choose('organisation', 'bakery');
await press('Add them');
await expect('address-error', 'postcode');
await judge('address-error');
await open(`${held}/organisations`);
await press('Golden Oven Bakery');
await put('address', '7 Station Parade\nMARSHGATE\nE20 9BQ');
await press('Save');
await open(`${held}/people/new`);
await fill('name', 'Ms Ada Lovell');
await choose('organisation', 'bakery');
await press('Add them');
await expect('person-of-address', 'They are added');
await press('Ms Ada Lovell');
await press('Change');
await expect('edit-of-address', 'Empty, letters go to the address of Golden Oven Bakery');
await judge('edit-of-address');

// A list of people: what is in it, what is asked about, and who is added.
const rows = [
  ['Full name', 'Carer address line 1', 'Town', 'Postcode', 'Category'],
  ['Ms Ada Lovell', '24 Mill Lane', 'MARSHGATE', 'E20 9AB', 'residents'],
  ['Mr Œzgür Yıldız-Ó Briain', '26 Mill Lane', 'MARSHGATE', 'E20 9AB', 'residents'],
  ['Mrs O’Neill & Sons <Ltd>', '28 Mill Lane', 'MARSHGATE', 'nowhere', 'residents'],
];
const list = async () => {
  await open(`${held}/people/list`);
  await put('pasted', rows.map((row) => row.join('\t')).join('\n'));
  await press('See what is in it');
};
await list();
await judge('list-look');
await press('Put the list away');
await expect('list-away', 'Nothing of it was kept');
await list();
await page.select('#c-0-1', 'address_line_1');
await press('Look again');
await expect('list-answered', '2 ready');
await judge('list-answered');
await press('Add those that are ticked');
await expect('list-added', 'Those of the list are added');
await judge('list-added');

// A workbook is shown, and says where it is changed.
for (const [path, name] of [['', 'book-overview'], ['people', 'book-people'], ['people/1/edit', 'book-person'], ['meeting', 'book-meeting'], ['minutes/1', 'book-minutes'], ['decisions', 'book-decisions'], ['organisations', 'book-organisations']]) {
  const answer = await open(`${book}${path && `/${path}`}`);
  if (answer.status() !== 200) say(name, `answers ${answer.status()}`);
  await judge(name);
}
await expect('book-organisations', 'This conference is a workbook');

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
await made('run-released');
if (!/released/.test(await text())) say('run-released', `nothing is released: ${await text()}`);
await open(`${held}/again`);
await judge('again-released');
await press('Make new versions');
await expect('again-error', 'Enter why');
await judge('again-error');
await open(`${held}/send/sharing-forms`);
await judge('send-kind');
await press('Those that are ticked');
await judge('send-error');
await open(`${held}/record`);
await press('Is the folder sound?');
await judge('record-sound');
await open(`${held}/record`);
const table = await page.evaluate(async () => {
  const form = [...document.forms].find((one) => one.action.endsWith('/record/table'));
  const answer = await fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)) });
  return `${answer.status} ${answer.headers.get('content-type')}`;
});
if (table !== '200 text/csv; charset=utf-8') say('record', `its table is answered with ${table}`);
await open(await firstRemark());
await press('Save');

// What is made and found, and the files themselves.
await open(`${held}/record`);
await fill('q', 'Rahmani');
await press('Find');
await judge('record-found');
await open(`${held}/people/14/letters`);
await judge('letter');
const kinds = await page.$$eval('.switch a', (links) => links.map((link) => link.getAttribute('href')));
for (const kind of kinds) await open(kind);
// How long it takes until a letter is seen as it is after a change.
const shown = [];
for (let n = 0; n < 20; n++) {
  await open(`${held}/people/14/edit`);
  await fill('salutation', `Mr Rahmani ${n}`);
  await press('Save');
  const begun = Date.now();
  await open(`${held}/people/14/letters`);
  shown.push(Date.now() - begun);
  if (!(await text()).includes(`Dear Mr Rahmani ${n}`)) say('letter', `is not as it was changed for the ${n + 1}. time`);
}
await open(`${held}/papers`);
await press('Sharing forms');
const pdf = await page.evaluate(async () => (await fetch(document.querySelector('main .plain-list a').href)).headers.get('content-type'));
if (pdf !== 'application/pdf') say('paper', `its copy is answered with ${pdf}`);
await open(`${held}/minutes`);

// Joined papers, page by page.
await open(`${held}/papers/pack/professional`);
await expect('paper-joined', 'The pages of the file itself');
await judge('paper-joined');
const drawn = await page.$$eval('.sheets img', (all) => all.filter((one) => one.complete && one.naturalWidth > 0).length);
if (drawn === 0) say('paper-joined', 'none of its pages is seen');
await open(`${held}/papers/minutes/community`);
await judge('paper-minutes');

// Letters, and the people of the other conference.
await open(`${called}/people`);
await judge('people-called');
await open(`${called}/check/thank-you`);
await judge('check-letters');

// A review, with something that is left for later, and looked at then.
await open(`${held}/next`);
for (const id of await page.$$eval('input[id^="points-"]', (all) => all.map((one) => one.id))) await fill(id, id.endsWith('-out') ? 'none' : 'all');
for (const [name, value] of [['is-online', 'same'], ['is-period', 'later'], ['is-contingency', 'none']]) await tick(name, value);
await judge('next-answered');
await press('Begin it');
await expect('next-begun-review', 'The conference is started');
await judge('next-begun-review');
await press('Look at it');
await judge('still-open');
await tick('is-period', 'other');
await fill('from-month', '13');
await press('Save');
await expect('still-error', 'Enter a day');
await judge('still-error');
await fill('from-month', '6');
await press('Save');
await expect('still-done', '3 places to be filled in');
if ((await text()).includes('Is it still right?')) say('still-done', 'still asks what was answered');
await judge('still-done');

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
if (!/1 found/.test(await text())) say('people', 'nobody is found without script');
await press('Mr Mohammed Rahmani');
await press('Change');
await fill('role', 'Pharmacist');
await press('Save');
if (!/Saved/.test(await text())) say('people-edit', 'nothing is saved without script');
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
if (kept > 0) say('stop', 'something is kept by the browser');
await open(`/${prefix}/stop`);
await judge('stop');
times.sort((one, other) => one - other);
shown.sort((one, other) => one - other);
await desk.end(`the desk, whose first page takes ${times[2]} ms, and a letter after a change ${shown[10]} ms (median of 20)`);
