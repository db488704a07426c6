import { addWorkingSeconds, dayAt, SECONDS_PER_WORKING_DAY, startOfDay } from '../city/city-hours';
import type { Random } from '../random';
import type { Course } from './course';
import type { LifeWriter } from './life-writer';
import { rate } from './rating';

const MINUTE = 60;

/** The life of a case at the counter (即办件, 便民服务): over in minutes, unless somebody lets it lie. */
export function liveCounterCase(writer: LifeWriter, course: Course, submitted: number, random: Random): void {
  const officer = `0${random.integer(100, 180)}`;
  const late = course.misconduct === 'over-promise';
  const worked = late ? random.between(1, 3) * SECONDS_PER_WORKING_DAY : random.between(3, 25) * MINUTE;
  const calledAfter = random.between(1, 6) * MINUTE;
  // Nobody is called to the counter who could not leave it before it closes.
  const opening = startOfDay(dayAt(addWorkingSeconds(submitted, calledAfter + (late ? 0 : worked))));
  const accepted = addWorkingSeconds(Math.max(submitted, opening), calledAfter);
  const decided = addWorkingSeconds(accepted, worked);
  writer.write('case.submitted', submitted, { channel: course.online ? 'online' : 'hall' });
  writer.write('case.accepted', accepted, { officer });
  if (writer.item.itemClass === 'on-the-spot') {
    writer.write('step.started', accepted, { step: 'handle', post: '窗口岗', officer });
    writer.write('step.finished', decided, { step: 'handle', post: '窗口岗', officer, result: 'agree' });
  }
  writer.write('case.decided', decided, { officer, result: 'granted' });
  const delivered = addWorkingSeconds(decided, random.between(0.5, 4) * MINUTE);
  writer.write('case.delivered', delivered, { officer });
  if (course.rated) rate(writer, delivered, course, random);
}
