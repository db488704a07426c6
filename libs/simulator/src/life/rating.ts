import type { Random } from '../random';
import type { Course } from './course';
import type { LifeWriter } from './life-writer';

/** 好差评: the applicant's grade, within a day of delivery. Who waited too long says so. */
export function rate(writer: LifeWriter, delivered: number, course: Course, random: Random): void {
  const late = course.misconduct === 'over-promise' || course.misconduct === 'over-statutory';
  const unhappy = random.chance(late ? 0.45 : 0.004) || course.misconduct === 'double-intake';
  const grade = unhappy ? random.integer(1, 2) : random.chance(0.93) ? 5 : random.integer(3, 4);
  const at = delivered + random.integer(60, 86_400) * 1000;
  writer.write('case.rated', at, unhappy ? { grade, reason: '无理由超过法定办理时间' } : { grade });
}
