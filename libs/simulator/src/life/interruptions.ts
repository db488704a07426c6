import { addWorkingSeconds, SECONDS_PER_WORKING_DAY as DAY } from '../city/city-hours';
import type { Random } from '../random';
import type { Course } from './course';
import type { LifeWriter } from './life-writer';

/** Grounds of 行政许可法 Art. 45, as departments write them. */
const GROUNDS = ['听证', '检验', '检测', '检疫', '鉴定', '专家评审', '招标', '拍卖'] as const;

/**
 * 特别程序: the clock stands still.
 * @returns when it is resumed; null where the case never goes on. A department may also go on without ever
 * reporting the end: then the work continues although the clock still stands.
 */
export function suspend(writer: LifeWriter, course: Course, at: number, random: Random): number | null {
  const daysApplied = random.pick([5, 7, 10, 15]);
  // The end names the beginning by its event id.
  const suspension = writer.nextId;
  writer.write('case.suspended', at, {
    ground: random.pick(GROUNDS),
    daysApplied,
    suspension,
    ...(course.misconduct === 'suspension-without-notice'
      ? {}
      : { notice: `特别程序告知〔${writer.caseNo}〕`, approver: `01${random.integer(10, 30)}` }),
  });
  const days =
    course.misconduct === 'suspension-overrun'
      ? daysApplied + random.between(1.2, 5)
      : daysApplied * random.between(0.4, 0.9);
  const end = addWorkingSeconds(at, days * DAY);
  if (course.misconduct === 'suspension-never-resumed') return random.chance(0.5) ? end : null;
  writer.write('case.resumed', end, { suspension });
  return end;
}

/** 延长审批 (Art. 42): granted after the first examination, and used. @returns when the work goes on. */
export function extend(writer: LifeWriter, course: Course, at: number, random: Random): number {
  const lawful = writer.item.itemClass === 'joint' ? 15 : 10;
  const days =
    course.misconduct === 'extension-too-long' ? lawful + random.integer(5, 10) : random.pick([5, 10]);
  writer.write('case.extended', at, {
    days,
    notice: `延长审批告知〔${writer.caseNo}〕`,
    ...(course.misconduct === 'extension-without-approver'
      ? {}
      : { approver: `01${random.integer(10, 30)}` }),
  });
  return addWorkingSeconds(at, days * random.between(0.4, 0.8) * DAY);
}
