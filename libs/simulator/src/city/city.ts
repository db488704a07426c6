import { BadInputError } from '@mingjian/contracts';

/** A simulated city: how much work it has and how its departments behave. */
export interface SimulatedCity {
  code: string;
  /** Administrative division code; case numbers begin with it. */
  area: string;
  /** Cases that take steps (承诺件, 联办件, 上报件), submitted on a mean working day. */
  permitsPerWorkingDay: number;
  /** Cases finished at the counter (即办件, 便民服务), submitted on a mean working day. */
  counterCasesPerWorkingDay: number;
  /** Convenience items that are only counted by the day, done on a mean working day. */
  countedPerWorkingDay: number;
  /** Complaints that the hotline hands over on a mean working day. */
  complaintsPerWorkingDay: number;
}

/** The cities that can be simulated, sized after published figures of real centres. */
export const CITIES: Readonly<Record<string, SimulatedCity>> = {
  // Fangchenggang, March 2011: 5,610 cases accepted, about 245 a working day.
  fangchenggang: {
    code: 'fangchenggang',
    area: '450600',
    permitsPerWorkingDay: 105,
    counterCasesPerWorkingDay: 140,
    countedPerWorkingDay: 12_000,
    complaintsPerWorkingDay: 8.2,
  },
  // Handan, 2009: about 2,900 permit cases and 296,000 convenience items a month.
  handan: {
    code: 'handan',
    area: '130400',
    permitsPerWorkingDay: 138,
    counterCasesPerWorkingDay: 14_100,
    countedPerWorkingDay: 0,
    complaintsPerWorkingDay: 11,
  },
};

/** How often a department's people go wrong, relative to the mean: departments differ, and the board must show it. */
const LAXITY: Readonly<Record<string, number>> = {
  housing: 2.2,
  'natural-resources': 1.7,
  ecology: 1.6,
  'civil-affairs': 1.4,
  market: 0.6,
  tax: 0.5,
  police: 0.7,
};

/** Factor on the rates of misconduct; 1 for a department that is like the others. */
export function laxityOf(department: string): number {
  return LAXITY[department] ?? 1;
}

/** @throws BadInputError when there is no such city. */
export function cityNamed(name: string): SimulatedCity {
  const city = Object.hasOwn(CITIES, name) ? CITIES[name] : undefined;
  if (city !== undefined) return city;
  throw new BadInputError([
    {
      place: 'simulation',
      field: 'city',
      expected: `one of ${Object.keys(CITIES).join(', ')}`,
      got: JSON.stringify(name),
      hint: '',
    },
  ]);
}
