import { cityNamed } from '../city/city';
import { cityTime, dateOf, dayOf, isWorkingDay, startOfDay } from '../city/city-hours';
import { ITEMS } from '../city/items';
import { casesOn } from '../life/submission';
import { sourceOf } from '../life/life-writer';
import { Random } from '../random';
import type { SimulatedEvent, SimulationOptions } from '../simulated-events';

const HOUR_MS = 3_600_000;
const WINDOWS = 4;
/** So many counts are told again the next morning, corrected. */
const CORRECTED = 0.03;

const CONVENIENCE = ITEMS.filter(({ itemClass }) => itemClass === 'convenience');
const WEIGHTS = CONVENIENCE.reduce((sum, { weight }) => sum + weight, 0);

/**
 * 便民服务计数: what the windows of a city do of convenience items beside its cases, told at the end of each day as `service.counted`
 * by window; now and then corrected the next morning. In order of arrival, as a function of (city, seed, date).
 * @throws BadInputError when there is no such city; RangeError for a date the city does not know.
 */
export function* simulatedCounts(
  options: Pick<SimulationOptions, 'city' | 'seed' | 'from'> & { to: string },
): Generator<SimulatedEvent, void, undefined> {
  const city = cityNamed(options.city);
  let corrections: SimulatedEvent[] = [];
  for (let day = dayOf(options.from); day <= dayOf(options.to); day++) {
    yield* corrections;
    corrections = [];
    const date = dateOf(day);
    const random = new Random(`${city.code}/${options.seed}/counts/${date}`);
    const volume = casesOn(day, city.countedPerWorkingDay, random);
    // Days off are counted for what is done online: at no window.
    const windows = isWorkingDay(day) ? WINDOWS : 1;
    for (const { code: item, department, weight } of CONVENIENCE)
      for (let window = 1; window <= windows; window++) {
        const count = Math.round(((volume * weight) / WEIGHTS / windows) * random.between(0.8, 1.2));
        const subject = `${city.area}/${date}/${item}/${window}`;
        const event = (id: string, at: number, counted: number): SimulatedEvent => ({
          event: {
            specversion: '1.0',
            id,
            source: sourceOf(city, department),
            type: 'service.counted',
            subject,
            time: cityTime(at),
            data: {
              ...{ item, department, date, count: counted },
              ...(isWorkingDay(day) ? { window: String(window) } : {}),
            },
          },
          arrivesAt: at + 60_000,
        });
        yield event(subject, startOfDay(day) + 18 * HOUR_MS, count);
        if (random.chance(CORRECTED))
          corrections.push(
            event(`${subject}/2`, startOfDay(day) + 33 * HOUR_MS, count + random.integer(1, 9)),
          );
      }
  }
  yield* corrections;
}
