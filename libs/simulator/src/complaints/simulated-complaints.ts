import type { ComplaintEvent, ComplaintKind } from '@mingjian/contracts';
import { cityNamed, laxityOf } from '../city/city';
import { addWorkingSeconds, cityTime, dateOf, dayOf, SECONDS_PER_WORKING_DAY } from '../city/city-hours';
import { departmentsOf } from '../city/items';
import { casesOn, submittedAt } from '../life/submission';
import { Random } from '../random';
import type { SimulationOptions } from '../simulated-events';

const KINDS: { kind: ComplaintKind; title: string; weight: number }[] = [
  { kind: 'delay', title: '超过承诺时限', weight: 34 },
  { kind: 'attitude', title: '窗口服务态度', weight: 22 },
  { kind: 'shirking', title: '推诿扯皮', weight: 14 },
  { kind: 'extra-material', title: '要求增加材料', weight: 12 },
  { kind: 'refusal', title: '不予受理', weight: 8 },
  { kind: 'fee', title: '收费', weight: 3 },
  { kind: 'other', title: '其他', weight: 7 },
];
const VERDICTS = [
  { verdict: 'valid', weight: 35 },
  { verdict: 'partly', weight: 15 },
  { verdict: 'invalid', weight: 50 },
] as const;
/** So many come from somebody who has complained lately. */
const AGAIN = 0.06;
const MOST_REMEMBERED = 200;

/**
 * 12345 热线工单: what people complain about in a city, each told as its hotline knows it when it is closed, in order of registration. A
 * function of (city, seed, dates); nobody in it exists.
 * @throws BadInputError when there is no such city; RangeError for a date the city does not know.
 */
export function* simulatedComplaints(
  options: Pick<SimulationOptions, 'city' | 'seed' | 'from'> & { to: string },
): Generator<ComplaintEvent, void, undefined> {
  const city = cityNamed(options.city);
  const departments = departmentsOf().map((department) => ({ department, weight: laxityOf(department) }));
  const lately: { person: string; kind: (typeof KINDS)[number]; department: string }[] = [];
  for (let day = dayOf(options.from); day <= dayOf(options.to); day++) {
    const date = dateOf(day);
    const volume = new Random(`${city.code}/${options.seed}/complaints/${date}`);
    const count = casesOn(day, city.complaintsPerWorkingDay, volume);
    for (let n = 1; n <= count; n++) {
      const externalNo = `${city.area}-${date.replaceAll('-', '')}-T${String(n).padStart(3, '0')}`;
      const random = new Random(`${options.seed}/${externalNo}`);
      const again = lately.length > 0 && random.chance(AGAIN);
      const one = again
        ? random.pick(lately)
        : {
            person: personOf(random),
            kind: random.weighted(KINDS),
            department: random.weighted(departments).department,
          };
      lately.push(one);
      if (lately.length > MOST_REMEMBERED) lately.shift();
      yield reported(city.code, externalNo, one, submittedAt(day, true, random), random);
    }
  }
}

function reported(
  city: string,
  externalNo: string,
  { person, kind, department }: { person: string; kind: (typeof KINDS)[number]; department: string },
  registered: number,
  random: Random,
): ComplaintEvent {
  const after = (at: number, least: number, most: number): number =>
    addWorkingSeconds(at, random.between(least, most) * SECONDS_PER_WORKING_DAY);
  const transferred = after(registered, 0.1, 0.9);
  // One in eight takes longer than the five working days that the hotline gives.
  const replied = random.chance(0.125) ? after(transferred, 5.5, 9) : after(transferred, 0.5, 4.5);
  const closed = after(replied, 0.2, 1.5);
  return {
    specversion: '1.0',
    id: `${externalNo}-1`,
    source: `urn:sim:${city}:12345`,
    type: 'complaint.reported',
    subject: externalNo,
    time: cityTime(closed),
    receivedat: cityTime(closed + 60_000),
    data: {
      ...{ policy: 'hotline-12345', channel: '12345', externalNo, kind: kind.kind, department, person },
      ...{ title: `反映${kind.title}`, request: `请核查${kind.title}的情况并答复。` },
      ...{ registeredAt: cityTime(registered), transferredAt: cityTime(transferred) },
      ...{ repliedAt: cityTime(replied), reply: '已核查并答复。', closedAt: cityTime(closed) },
      verdict: random.weighted([...VERDICTS]).verdict,
      satisfaction: random.chance(0.8) ? 'satisfied' : 'dissatisfied',
    },
  };
}

/** As a keyed hash would look. */
function personOf(random: Random): string {
  return Array.from({ length: 32 }, () => random.integer(0, 15).toString(16)).join('');
}
