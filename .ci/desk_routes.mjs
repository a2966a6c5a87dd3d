// Whether every page of the desk was asked for, and every form of it sent. See desk.sh.
import { readFileSync } from 'node:fs';

const router = readFileSync('src/desk/router.rs', 'utf8');
const asked = readFileSync(process.env.ASKED, 'utf8').split('\n').map((line) => line.replace(/ \/[^/]*/, ' '));
const verbs = { read: ['GET'], sent: ['POST'], both: ['GET', 'POST'] };
const missing = [];
let all = 0;
for (const [, kind, path] of router.matchAll(/\b(read|sent|both)\("(\/[^"]*)"/g)) {
  const pattern = new RegExp(`^${path.replaceAll(/\{[^}]*\}/g, '[^/]+')}$`);
  for (const verb of verbs[kind]) {
    all += 1;
    if (!asked.some((line) => line.startsWith(`${verb} `) && pattern.test(line.slice(verb.length + 1)))) missing.push(`${verb} ${path}`);
  }
}
missing.forEach((one) => console.error(`${one}: nobody asked for it`));
console.log(`pages and forms of the desk: ${all - missing.length} of ${all} asked for`);
process.exit(missing.length > 0 || all < 50 ? 1 : 0);
