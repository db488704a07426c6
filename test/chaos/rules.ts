import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');

/** Item whose cases run out within seconds, so that lights come on by themselves while a run lasts. */
export const QUICK_ITEM = 'QUICK';

/** As the city's own, but open day and night: what runs out within seconds must do so at any hour. */
const CALENDAR = `calendar: cn
version: '1'
timezone: Asia/Shanghai
weekly:
${['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => `  ${day}: [['00:00', '24:00']]`).join('\n')}
publishedThrough: 2035-12-31
`;

const ITEM = `  ${QUICK_ITEM}:
    name: 数秒即到期的事项
    department: tax
    acceptance: none
    promise: { limit: 8ws, yellowBefore: [5ws] }
    statutory: { limit: 12ws, yellowBefore: [2ws] }
    delivery: none
`;

/** Writes the rules of a run: those of the simulated city, and an item whose cases run out at once. */
export function writeRules(dir: string): { rulesets: string; calendars: string } {
  const rulesets = join(dir, 'rulesets');
  const calendars = join(dir, 'calendars');
  for (const folder of [rulesets, calendars]) mkdirSync(folder, { recursive: true });
  const city = readFileSync(join(ROOT, 'rulesets/demo-city/demo-city.yaml'), 'utf8');
  writeFileSync(
    join(rulesets, 'city.yaml'),
    city.replace(/^items:\n/m, (items) => items + ITEM),
  );
  writeFileSync(join(calendars, 'cn.yaml'), CALENDAR);
  return { rulesets, calendars };
}
