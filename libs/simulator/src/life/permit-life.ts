import { addWorkingSeconds, SECONDS_PER_WORKING_DAY as DAY } from '../city/city-hours';
import type { Random } from '../random';
import type { Course } from './course';
import type { LifeWriter } from './life-writer';
import { intake } from './intake';
import { rate } from './rating';
import { extend, suspend } from './interruptions';
import { planWork } from './work-plan';

const HOUR = 3600;

/**
 * The life of a case that takes steps: 受理 → 承办 → 审核 → 批准 → 办结 → 制证 → 送达.
 * Durations are opening time; the plan of the work says how much each step takes.
 */
export function livePermitCase(writer: LifeWriter, course: Course, submitted: number, random: Random): void {
  const accepted = intake(writer, course, submitted, random);
  if (accepted === null) return;
  if (writer.item.itemClass === 'forwarded' || !leavesEarly(writer, course, accepted, random))
    workThrough(writer, course, accepted, random);
}

function workThrough(writer: LifeWriter, course: Course, accepted: number, random: Random): void {
  const work = planWork(writer.item, course, random);
  const officer = `0${random.integer(200, 420)}`;
  let at = addWorkingSeconds(accepted, work.idle);

  writer.write('step.started', at, { step: 'handle', post: '承办岗', officer });
  if (suspends(course)) {
    at = addWorkingSeconds(at, work.handle * 0.4);
    const resumed = suspend(writer, course, at, random);
    if (resumed === null) return;
    at = addWorkingSeconds(resumed, work.handle * 0.6);
  } else {
    at = addWorkingSeconds(at, work.handle);
  }
  writer.write('step.finished', at, { step: 'handle', post: '承办岗', officer, result: 'agree' });
  if (extends_(course)) at = extend(writer, course, at, random);

  at = step(writer, 'review', '审核岗', at, work.review, course.misconduct === 'end-before-start', random);
  at = step(writer, 'approve', '批准岗', at, work.approve, false, random);
  writer.write('step.started', at, { step: 'conclude', post: '窗口办结岗' });
  at = addWorkingSeconds(at, work.conclude);
  writer.write('step.finished', at, { step: 'conclude', post: '窗口办结岗', result: 'agree' });
  if (writer.item.itemClass === 'forwarded') {
    writer.write('case.forwarded', at, { reason: '上报上级机关' });
    return;
  }
  writer.write('case.decided', at, { result: course.refused ? 'refused' : 'granted' });
  deliver(writer, course, at, random);
}

function deliver(writer: LifeWriter, course: Course, decided: number, random: Random): void {
  let at = addWorkingSeconds(decided, random.between(0.1, 1) * HOUR);
  if (!course.refused) {
    writer.write('step.started', at, { step: 'certify', post: '制证岗' });
    at = addWorkingSeconds(at, random.between(0.1, 1.4) * DAY);
    writer.write('step.finished', at, { step: 'certify', post: '制证岗', result: 'agree' });
  }
  const waiting = course.misconduct === 'delivery-overdue' ? random.between(11, 15) : random.between(0.05, 3);
  at = addWorkingSeconds(at, waiting * DAY);
  writer.write('case.delivered', at);
  if (course.rated) rate(writer, at, course, random);
}

function step(
  writer: LifeWriter,
  name: string,
  post: string,
  at: number,
  seconds: number,
  endBeforeStart: boolean,
  random: Random,
): number {
  const officer = `0${random.integer(200, 420)}`;
  const finished = addWorkingSeconds(at, seconds);
  const reported = endBeforeStart ? at - random.integer(5, 90) * 60_000 : finished;
  writer.write('step.started', at, { step: name, post, officer });
  writer.write('step.finished', reported, { step: name, post, officer, result: 'agree' });
  return finished;
}

/** Withdrawn, returned or voided on the way: the case ends there. */
function leavesEarly(writer: LifeWriter, course: Course, accepted: number, random: Random): boolean {
  if (course.turn !== 'withdrawn' && course.turn !== 'returned' && course.turn !== 'voided') return false;
  const started = addWorkingSeconds(accepted, 0.5 * HOUR);
  const ended = addWorkingSeconds(started, random.between(0.1, 0.4) * writer.item.promiseDays * DAY);
  writer.write('step.started', started, { step: 'handle', post: '承办岗' });
  writer.write('step.finished', ended, { step: 'handle', post: '承办岗', result: course.turn });
  if (course.turn === 'withdrawn') writer.write('case.withdrawn', ended, { reason: '申请人主动撤回' });
  else if (course.turn === 'returned') writer.write('case.returned', ended, { reason: '申请材料与事项不符' });
  else writer.write('case.voided', ended, { reason: '重复申报' });
  return true;
}

function suspends({ turn, misconduct }: Course): boolean {
  return turn === 'suspended' || (misconduct?.startsWith('suspension-') ?? false);
}

function extends_({ turn, misconduct }: Course): boolean {
  return turn === 'extended' || (misconduct?.startsWith('extension-') ?? false);
}
