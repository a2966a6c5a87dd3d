// The desk over weeks, by page alone, in Chromium: from an empty folder to letters that are released and sent, a moved date, a
// withdrawal, an uninvited guest, minutes, corrections; and what stands in the way: a file that changed meanwhile, one that is
// only to be read, one with faults, a door, an address that leads nowhere. See desk.sh.
import { appendFileSync, chmodSync, readFileSync, readdirSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { browse } from './desk_browse.mjs';

const { FOLDER } = process.env;
const desk = await browse();
const { judge, say, page, open, press, fill, choose, tick, text, expect, made, prefix } = desk;
const day = async (id, date) => {
  await fill(id, String(date.getDate()));
  await fill(`${id}-month`, String(date.getMonth() + 1));
  await fill(`${id}-year`, String(date.getFullYear()));
};
const away = (days) => new Date(Date.now() + days * 86_400_000);
const ruth = async (button) => {
  await page.$$eval('input[name=k]', (boxes) => boxes.forEach((one) => one.click()));
  await fill('checker', 'Ruth Penhaligon');
  await press(button);
};

// An empty folder.
await open(`/${prefix}/`);
await expect('home-empty', 'There is no conference in this folder yet');
await judge('home-empty');
await press('Start a conference');
await judge('begin');
await press('Start it');
await expect('begin-error', 'Enter the reference of the conference');
await judge('begin-error');
for (const [id, value] of Object.entries({
  reference: 'CSC-2027-001', label: 'Mill Lane playing field', start: '1:30pm', end: '3:30pm', venue: 'Committee Room 2, Town Hall',
  lines: '1 High Street', postcode: 'E20 9AA', chair: 'Ada Quill', minute_taker: 'Tom Hallam', council_name: 'Millbrook Council',
  department: 'Children’s Services', address: 'Town Hall\n1 High Street\nE20 9AA', phone: '020 7946 0958',
  email: 'conferences@millbrook.example', concern: 'Children’s front door', concern_phone: '020 7946 0100',
  officer: 'The Data Protection Officer', officer_email: 'dpo@millbrook.example', ico: 'Z0000000',
  notice: 'https://millbrook.example/privacy', complaints: 'complaints@millbrook.example',
})) await fill(id, value);
await choose('kind', 'place');
await day('date', away(60));
await press('Start it');
await expect('overview-begun', 'The conference is started');
await judge('overview-begun');
const c = new URL(page.url()).pathname;

// People, and their letters.
await open(`${c}/people`);
await judge('people-empty');
for (const [n, [name, category]] of [
  ['Ms Yetunde Adébáyọ̀', 'residents'], ['Mr Œzgür Yıldız-Ó Briain', 'business'], ['王小明', 'business'], ['Mrs O’Neill & Sons <Ltd>', 'professional'],
].entries()) {
  await open(`${c}/people/new`);
  await fill('name', name);
  await fill('salutation', name);
  await choose('category', category);
  await fill('address', `${n + 2} Mill Lane\nMILLBROOK\nE20 9AB`);
  await press('Add them');
  await expect('people', name);
}
await judge('people-begun');
const makes = async (name) => {
  await open(`${c}/make`);
  await press('Make the drafts');
  await made(name);
};
const releases = async (kind) => {
  await open(`${c}/check/${kind}/release`);
  await ruth('Release');
  await made(`release-${kind}`);
};
await makes('run-begun');
await open(`${c}/check/invitation`);
await expect('check-invitation', '4 letters: who gets one');
await judge('check-invitation');
await releases('invitation');
await open(`${c}/send/invitation`);
await judge('send-letters');
await tick('how', 'post');
await press('All 4 that are left are gone');
await expect('send-letters', 'It is noted in the record');
await judge('send-done');

// A week later: another day, and those who were invited are told.
await open(`${c}/meeting`);
await day('date', away(67));
await fill('because', 'the room is not free');
await press('Save');
await expect('meeting-moved', 'Saved');
await judge('meeting-moved');
await open(c);
await judge('overview-moved');
await makes('run-moved');
await open(`${c}/check/rearranged`);
await judge('check-rearranged');
await releases('rearranged');
await open(`${c}/send/rearranged`);
await tick('how', 'post');
await press('All 4 that are left are gone');
await expect('send-rearranged', 'It is noted in the record');

// Somebody no longer takes part.
await open(`${c}/people/2/withdraw`);
await judge('withdraw');
await press('They no longer take part');
await expect('person-withdrawn', 'Nothing is made for them from now on');
await judge('person-withdrawn');
await open(`${c}/people/2`);
await press('They take part again');
await expect('person-rejoined', 'They take part again');
await open(`${c}/people/2/withdraw`);
await press('They no longer take part');

// The minutes name the assessment.
await open(`${c}/meeting`);
await fill('assessment', 'NA-0091');
await day('completed', away(-20));
await choose('author', 'p-chair');
await press('Save');
await expect('meeting-assessment', 'Saved');

// The day itself: who came, somebody uninvited, what was said and decided.
await open(`${c}/attendance`);
await tick('came-1', 'yes');
await tick('came-3', 'no');
await fill('arrived-1', '1:40pm');
await press('Save');
await expect('attendance-saved', 'Saved');
await judge('attendance-saved');
await open(`${c}/people/uninvited`);
await fill('name', 'Mr Bo Reed');
await choose('category', 'residents');
await press('Add them');
await expect('people-uninvited', 'Mr Bo Reed');
await judge('people-after');
await open(`${c}/minutes/5`);
await page.select('#by', await page.$eval('#by option:nth-child(2)', (one) => one.value));
await fill('text', 'The lights at the field are out.');
await tick('share', 'community');
await press('Add, and the next');
await expect('minutes-said', 'The lights at the field are out.');
await judge('minutes-said');
await open(`${c}/decisions`);
await page.select('#option', await page.$eval('#option option:nth-child(2)', (one) => one.value));
await fill('text', 'A plan is agreed.');
await fill('rationale', 'Harm keeps happening.');
await tick('share', 'community');
await press('Add the decision');
// Nobody came of social care and of two other agencies.
await expect('decisions-no-quorum', 'do not form a quorum');
await judge('decisions-no-quorum');
for (const [name, category] of [['Mill Lane School', 'school'], ['Northside Police', 'statutory']]) {
  await open(`${c}/organisations`);
  await fill('name', name);
  await choose('category', category);
  await tick('quorum', 'agency');
  await press('Add it');
  await expect('organisations-added', name);
}
await judge('organisations-added');
for (const [name, of] of [['Ms Ewa Łukasik', 'Millbrook Council'], ['Ms Ingrid Sørensen', 'Mill Lane School'], ['Mr Mohammed Rahmani', 'Northside Police']]) {
  await open(`${c}/people/uninvited`);
  await fill('name', name);
  await page.select('#organisation', await page.$$eval('#organisation option', (all, of) => all.find((one) => one.innerText === of).value, of));
  await press('Add them');
}
await open(`${c}/attendance`);
await expect('attendance-quorum', 'That is enough to decide');
await judge('attendance-quorum');
await open(`${c}/goals`);
await judge('goals-empty');
await fill('goal', 'The playing field is lit until ten every evening');
await choose('domain', 'physical-design');
await fill('measure', 'Lamps that fail, counted every month');
await tick('share', 'community');
await press('Add the goal');
await expect('goals-added', 'The playing field is lit');
await judge('goals-added');
await open(`${c}/goals/1`);
await fill('found', 'Four lamps fail');
await fill('value', '4');
await tick('readers', 'community');
await press('Note it');
await expect('goal-measured', 'Four lamps fail');
await judge('goal-measured');
await open(`${c}/decisions`);
await page.select('#option', await page.$eval('#option option:nth-child(2)', (one) => one.value));
await fill('text', 'A plan is agreed.');
await fill('rationale', 'Harm keeps happening.');
await tick('share', 'community');
await press('Add the decision');
await expect('decisions-quorum', 'A plan is agreed.');
await judge('decisions-quorum');
await open(`${c}/next`);
await judge('next-begun');
await fill('reference', 'CSC-2027-001-R1');
await press('Begin it');
await expect('next-done', 'The conference is started');
await open(`${c}/minutes/approval`);
await judge('approval');
await press('Note the correction');
await expect('approval-error', 'Choose who asked');
await judge('approval-error');
await page.select('#by', await page.$eval('#by option:nth-child(2)', (one) => one.value));
await choose('agenda', '5');
await fill('text', 'The lights at the gate are out, not those at the field.');
await tick('share', 'community');
await press('Note the correction');
// This meeting is still to come.
await expect('approval-early', 'is before the meeting');
await judge('approval-early');
await open(`${c}/undo`);
await press('Undo it');
await expect('undone', 'It is undone');
await judge('undone');
await open(`${c}/record`);
await judge('record-weeks');

// What stands in the way. The file that was begun first lies in the folder of its reference.
const all = () => readdirSync(FOLDER, { recursive: true }).map((name) => join(FOLDER, name));
const file = all().find((name) => name.endsWith('csc-2027-001/conference.yaml'));
const before = readFileSync(file, 'utf8');
await open(`${c}/meeting`);
await fill('venue', 'The Boathouse');
writeFileSync(file, before.replace('Committee Room 2, Town Hall', 'The Old Library'));
await press('Save');
await expect('conflict', 'Somebody changed the file while you typed');
await judge('conflict');
await press('Save what I typed');
await expect('conflict-saved', 'Saved');
chmodSync(file, 0o444);
await open(`${c}/meeting`);
await expect('read-only', 'You can read everything here, and change nothing');
await judge('read-only');
chmodSync(file, 0o644);
const sound = readFileSync(file, 'utf8');
appendFileSync(file, '\nunknown: x\n');
await open(c);
await expect('unsound', 'to put right');
await judge('unsound');
await open(`/${prefix}/`);
await expect('home-unsound', 'Needs putting right');
await judge('home-unsound');
writeFileSync(file, sound);

// A record that somebody changed by hand.
const log = all().find((name) => name.endsWith('record.jsonl'));
const lines = readFileSync(log, 'utf8');
writeFileSync(log, lines.replace('Ruth Penhaligon', 'Tom Hallam'));
await open(`${c}/record`);
await expect('record-unsound', 'to put right');
await judge('record-unsound');
writeFileSync(log, lines);
// A released file that is gone; and a meeting that somebody came to is not called off.
const gone = all().find((name) => /rearranged.*\.pdf$/.test(name) && !name.includes('proof'));
unlinkSync(gone);
await open(`${c}/record`);
await press('Is the folder sound?');
await expect('record-not-sound', 'The folder is not as it was made');
await judge('record-not-sound');
await press('Note them as lost');
await expect('lost-error', 'Enter what happened');
await judge('lost-error');
await page.$$eval('input[name=lost]', (boxes) => boxes.forEach((one) => one.checked || one.click()));
await fill('because', 'the disk failed');
await press('Note them as lost');
await expect('record-lost', '1 file lost');
await open(`${c}/meeting/cancel`);
await press('Call it off');
await expect('meeting-not-off', 'recorded as present at a meeting that is cancelled');
await judge('meeting-not-off');

for (const [name, path, status] of [
  ['not-found', `/${prefix}/c/000000000000`, 404],
  ['refused', `/${prefix}/enter/aaaa`, 403],
  ['file-gone', `${c}/file/00000000000000aa`, 410],
]) {
  const answer = await open(path);
  if (answer.status() !== status) say(name, `answers ${answer.status()} and not ${status}`);
  await judge(name);
}
await desk.end('weeks at the desk');
