import type { StepEvent, StepEventData, StepEventType } from '@mingjian/contracts';
import type { Random } from '../../libs/simulator/src/random';

const HOUR = 3_600_000;
export const TOWN_START = Date.parse('2026-09-14T01:00:00.000Z');
/** After this nothing of a town changes any more. */
export const TOWN_END = TOWN_START + 90 * 24 * HOUR;

/** Some cases with a life each: what a department sends, in the order of time. */
export function randomTown(random: Random): StepEvent[] {
  const events: StepEvent[] = [];
  const cases = random.integer(2, 5);
  for (let n = 0; n < cases; n++) {
    const caseNo = `C-${n}`;
    let at = TOWN_START + random.integer(0, 48) * HOUR;
    const add = (type: StepEventType, data: StepEventData = {}): StepEvent => {
      at += random.integer(0, 60) * HOUR;
      const event: StepEvent = {
        specversion: '1.0',
        id: `${caseNo}-${events.length}`,
        source: 'urn:dept:housing',
        type,
        subject: caseNo,
        time: new Date(at).toISOString(),
        receivedat: new Date(at + random.integer(0, 30) * HOUR).toISOString(),
        data,
      };
      events.push(event);
      return event;
    };
    if (random.chance(0.6)) add('case.submitted', { item: 'A0101', department: 'housing' });
    add('case.accepted', { item: 'A0101', department: 'housing' });
    if (random.chance(0.6)) add('step.started', { step: 'review' });
    let suspended: StepEvent | null = null;
    if (random.chance(0.5))
      suspended = add('case.suspended', { ground: '检测', notice: 'N', approver: '王', daysApplied: 3 });
    if (suspended !== null && random.chance(0.7)) add('case.resumed');
    if (random.chance(0.5)) add('step.finished', { step: 'review' });
    if (random.chance(0.6)) add('case.decided', { result: 'granted' });
    if (random.chance(0.2))
      add('event.retracted', {
        retracts: random.pick(events.filter((event) => event.subject === caseNo)).id,
      });
  }
  return events.sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
}
