import {
  addWorkingSeconds,
  dayAt,
  lastWorkingDayOfWeek,
  SECONDS_PER_WORKING_DAY as DAY,
  startOfDay,
  workingSecondsToClosing,
} from '../city/city-hours';
import type { Random } from '../random';
import type { Course } from './course';
import type { LifeWriter } from './life-writer';
import { intake } from './intake';
import { rate } from './rating';
import { atNight, overtime } from './odd-hours';
import { extend, suspend } from './interruptions';
import { planWork } from './work-plan';

const HOUR = 3600;
/** How long it takes to sign and close what is ready. */
const TO_SIGN_MS = 120_000;

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
    const isLate = course.misconduct === 'suspension-just-before-due';
    at = isLate
      ? addWorkingSeconds(
          accepted,
          workingSecondsToClosing(accepted, writer.item.promiseDays) * random.between(0.92, 0.96),
        )
      : addWorkingSeconds(at, work.handle * 0.4);
    const resumed = suspend(writer, course, at, random);
    if (resumed === null) return;
    at = addWorkingSeconds(resumed, work.handle * (isLate ? 0.005 : 0.6));
  } else {
    at = overtime(addWorkingSeconds(at, work.handle), writer.item, course, random);
  }
  if (course.misconduct === 'overtaken-step') {
    // The review is signed while the file still lies with the handler.
    const begun = addWorkingSeconds(accepted, work.idle + work.handle * 0.5);
    writer.write('step.started', begun, { step: 'review', post: '审核岗' });
    const signed = addWorkingSeconds(accepted, work.idle + work.handle * 0.8);
    writer.write('step.finished', signed, { step: 'review', post: '审核岗', result: 'agree' });
  }
  writer.write('step.finished', at, { step: 'handle', post: '承办岗', officer, result: 'agree' });
  if (extends_(course)) at = extend(writer, course, at, random);

  if (course.misconduct !== 'overtaken-step')
    at = step(writer, 'review', '审核岗', at, work.review, course, random);
  at = step(writer, 'approve', '批准岗', at, work.approve, course, random);
  if (course.misconduct === 'back-dated') {
    backDate(writer, course, accepted, at, random);
    return;
  }
  const ready = addWorkingSeconds(at, work.conclude);
  const concluded =
    writer.item.itemClass === 'forwarded' ? ready : concludedAt(writer, course, accepted, ready, random);
  // What waits for its signature lies there before the step begins.
  const begun = concluded === ready ? at : Math.max(at, concluded - TO_SIGN_MS);
  writer.write('step.started', begun, { step: 'conclude', post: '窗口办结岗' });
  at = concluded;
  const batch = writer.habits.has('bulk-closing') ? { officer: '0777' } : {};
  writer.write('step.finished', at, { step: 'conclude', post: '窗口办结岗', result: 'agree', ...batch });
  if (writer.item.itemClass === 'forwarded') {
    writer.write('case.forwarded', at, { reason: '上报上级机关' });
    return;
  }
  writer.write('case.decided', at, { result: course.refused ? 'refused' : 'granted', ...batch });
  if (course.misconduct === 'reopened') at = workOn(writer, course, at, random);
  deliver(writer, course, at, random);
}

/** When the case is concluded: as soon as it is ready, with all others, or when the department sees fit. */
function concludedAt(
  writer: LifeWriter,
  course: Course,
  accepted: number,
  ready: number,
  random: Random,
): number {
  const { department, promiseDays } = writer.item;
  if (course.turn === 'plain' && course.misconduct === null) {
    const toClosing = workingSecondsToClosing(accepted, promiseDays);
    const lastMinutes = addWorkingSeconds(accepted, toClosing - random.integer(120, 1500));
    if (lastMinutes > ready && writer.follows('just-before-limit', lastMinutes)) return lastMinutes;
  }
  if (writer.follows('bulk-closing', ready)) {
    const endOfWeek = (day: number): number =>
      startOfDay(lastWorkingDayOfWeek(day)) + (16 * 3600 + 40 * 60 + random.integer(0, 150)) * 1000;
    const thisWeek = endOfWeek(dayAt(ready));
    const signed = thisWeek >= ready ? thisWeek : endOfWeek(dayAt(ready) + 7);
    // It shows on the day on which all are signed.
    writer.habits.set('bulk-closing', signed);
    return signed;
  }
  return writer.customs.signedAt(department, ready);
}

/** 倒填: signed too late, after it lay about; written down as if signed within the promise. */
function backDate(writer: LifeWriter, course: Course, accepted: number, at: number, random: Random): void {
  const signed = addWorkingSeconds(at, random.between(0.4, 1.5) * DAY);
  const said = addWorkingSeconds(accepted, writer.item.promiseDays * random.between(0.75, 0.9) * DAY);
  writer.write('step.started', said, { step: 'conclude', post: '窗口办结岗' }, signed);
  writer.write('step.finished', said, { step: 'conclude', post: '窗口办结岗', result: 'agree' }, signed);
  writer.write('case.decided', said, { result: course.refused ? 'refused' : 'granted' }, signed);
  deliver(writer, course, signed, random);
}

/** Decided to stop the clock, then reviewed once more and decided in earnest. */
function workOn(writer: LifeWriter, course: Course, decided: number, random: Random): number {
  let at = addWorkingSeconds(decided, random.between(0.2, 1) * DAY);
  at = step(writer, 'review', '审核岗', at, random.between(0.3, 2) * DAY, course, random);
  writer.write('case.decided', at, { result: course.refused ? 'refused' : 'granted' });
  return at;
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
  course: Course,
  random: Random,
): number {
  const officer = `0${random.integer(200, 420)}`;
  const worked = addWorkingSeconds(at, seconds);
  const finished = worksAtNight(writer, course, worked, random) ? atNight(worked, random) : worked;
  const endsBeforeStart = course.misconduct === 'end-before-start' && name === 'review';
  const reported = endsBeforeStart ? at - random.integer(5, 90) * 60_000 : finished;
  writer.write('step.started', at, { step: name, post, officer });
  writer.write('step.finished', reported, { step: name, post, officer, result: 'agree' });
  return finished;
}

function worksAtNight(writer: LifeWriter, { misconduct }: Course, at: number, random: Random): boolean {
  if (misconduct === 'off-hours-work') return true;
  if (writer.customs.habitAt(writer.item.department, at) !== 'off-hours-habit') return false;
  return random.chance(0.5) && writer.follows('off-hours-habit', at);
}

/** Withdrawn, returned or voided on the way: the case ends there. */
function leavesEarly(writer: LifeWriter, course: Course, accepted: number, random: Random): boolean {
  const isTakenBack = course.misconduct === 'filed-again';
  if (!isTakenBack && course.turn !== 'withdrawn' && course.turn !== 'returned' && course.turn !== 'voided')
    return false;
  const started = addWorkingSeconds(accepted, 0.5 * HOUR);
  // Talked into taking it back, shortly before the limit; in honest life people notice early.
  const part = isTakenBack ? random.between(0.85, 0.97) : random.between(0.1, 0.4);
  const ended = addWorkingSeconds(started, part * writer.item.promiseDays * DAY);
  writer.write('step.started', started, { step: 'handle', post: '承办岗' });
  const result = isTakenBack ? 'withdrawn' : course.turn;
  const handled = isTakenBack
    ? addWorkingSeconds(started, random.between(0.2, 0.4) * writer.item.promiseDays * DAY)
    : ended;
  writer.write('step.finished', handled, { step: 'handle', post: '承办岗', result });
  if (isTakenBack || course.turn === 'withdrawn')
    writer.write('case.withdrawn', ended, { reason: '申请人主动撤回' });
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
