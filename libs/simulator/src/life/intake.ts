import { addWorkingSeconds, SECONDS_PER_WORKING_DAY as DAY } from '../city/city-hours';
import type { Random } from '../random';
import type { Course } from './course';
import type { LifeWriter } from './life-writer';

const MINUTE = 60;
const DESK = { step: 'accept', post: '窗口受理岗' } as const;

/** 申办 → (补正) → 受理. @returns the instant of acceptance, or null where the case was not accepted. */
export function intake(writer: LifeWriter, course: Course, submitted: number, random: Random): number | null {
  const officer = `0${random.integer(100, 180)}`;
  let at = addWorkingSeconds(submitted, 0);
  writer.write('case.submitted', submitted, { channel: course.online ? 'online' : 'hall' });
  writer.write('step.started', at, { ...DESK, officer });
  if (course.turn === 'correction') at = correct(writer, at, officer, random);

  at = addWorkingSeconds(at, lookingThrough(course, random));
  const accepted = course.turn !== 'not-accepted';
  writer.write('step.finished', at, { ...DESK, officer, result: accepted ? 'agree' : 'not-accepted' });
  if (accepted) writer.write('case.accepted', at, { officer });
  else writer.write('case.not-accepted', at, { officer, reason: '申请事项依法不属于本机关职权范围' });
  return accepted ? at : null;
}

function lookingThrough(course: Course, random: Random): number {
  if (course.misconduct === 'acceptance-silent') return random.between(6.1, 8) * DAY;
  return course.online ? random.between(10 * MINUTE, 1.3 * DAY) : random.between(4 * MINUTE, 50 * MINUTE);
}

/** 一次性告知: told once what is missing; the applicant takes days to bring it. The desk does not wait on its own time. */
function correct(writer: LifeWriter, at: number, officer: string, random: Random): number {
  const told = addWorkingSeconds(at, random.between(0.1, 1.5) * DAY);
  writer.write('step.finished', told, { ...DESK, officer, result: 'correction' });
  writer.write('case.correction-requested', told, { officer, notice: `补正告知〔${writer.caseNo}〕` });
  const brought = addWorkingSeconds(told, random.between(0.5, 5) * DAY);
  writer.write('case.correction-received', brought, { officer });
  writer.write('step.started', brought, { ...DESK, officer });
  return brought;
}
