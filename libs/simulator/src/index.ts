/**
 * Simulator: a city that does not exist, for demonstrations, tests and measurements.
 *
 * Order: city (items, hours) → life (what happens to a case) → arrival (how its events travel) → the day → the
 * merged stream. Everything is a function of (city, seed, date); nothing reads a clock.
 */
export { CITIES, cityNamed, type SimulatedCity } from './city/city';
export { departmentsOf, UNKNOWN_ITEM } from './city/items';
export {
  HABIT_KINDS,
  MISCONDUCT_KINDS,
  type HabitKind,
  type InjectedKind,
  type InjectedMisconduct,
  type MisconductChoice,
  type MisconductKind,
} from './misconduct';
export {
  measureDetection,
  type Detection,
  type FalseFindings,
  type MeasuredCity,
  type Recall,
} from './measure/measure-detection';
export { simulatedComplaints } from './complaints/simulated-complaints';
export { simulatedCounts } from './services/simulated-counts';
export { simulateDay, type SimulatedDay } from './simulate-day';
export { sourceOf } from './life/life-writer';
export {
  injectedMisconduct,
  simulatedEvents,
  type SimulatedEvent,
  type SimulationOptions,
} from './simulated-events';
