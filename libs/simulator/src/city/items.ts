/** Classes of items as the simulated city works on them; the same words as in rulesets. */
type SimulatedClass = 'promised' | 'on-the-spot' | 'joint' | 'forwarded' | 'convenience';

/** 审批事项 of the simulated city, as its departments know it. Days are working days. */
export interface SimulatedItem {
  code: string;
  department: string;
  itemClass: SimulatedClass;
  promiseDays: number;
  statutoryDays: number;
  /** How often it is asked for, relative to the other items. */
  weight: number;
}

type Row = [string, string, SimulatedClass, number, number, number];

/*
 * Item, department, class, promise, statutory limit, weight. Kept apart from rulesets/demo-city on purpose: what the
 * departments do must not change when somebody tunes the supervision. A test holds the two together.
 */
const ROWS: Row[] = [
  ['A0101', 'housing', 'promised', 5, 20, 4],
  ['A0102', 'housing', 'promised', 7, 20, 2],
  ['A0103', 'housing', 'promised', 7, 20, 2],
  ['A0104', 'housing', 'promised', 3, 20, 2],
  ['A0105', 'housing', 'joint', 20, 45, 2],
  ['A0106', 'housing', 'forwarded', 7, 20, 2],
  ['B0101', 'market', 'promised', 1, 20, 9],
  ['B0102', 'market', 'promised', 1, 20, 8],
  ['B0103', 'market', 'promised', 7, 20, 7],
  ['B0104', 'market', 'promised', 10, 20, 2],
  ['B0105', 'market', 'promised', 5, 20, 2],
  ['B0106', 'market', 'on-the-spot', 0, 20, 14],
  ['B0107', 'market', 'on-the-spot', 0, 20, 4],
  ['C0101', 'natural-resources', 'promised', 7, 20, 1],
  ['C0102', 'natural-resources', 'promised', 7, 20, 2],
  ['C0103', 'natural-resources', 'promised', 5, 20, 4],
  ['C0104', 'natural-resources', 'promised', 3, 20, 9],
  ['C0105', 'natural-resources', 'convenience', 0, 20, 18],
  ['C0106', 'natural-resources', 'forwarded', 10, 20, 1],
  ['D0101', 'health', 'promised', 5, 20, 3],
  ['D0102', 'health', 'promised', 10, 20, 1],
  ['D0103', 'health', 'promised', 5, 20, 2],
  ['D0104', 'health', 'on-the-spot', 0, 20, 6],
  ['E0101', 'police', 'on-the-spot', 0, 20, 16],
  ['E0102', 'police', 'promised', 5, 20, 5],
  ['E0103', 'police', 'forwarded', 3, 20, 4],
  ['E0104', 'police', 'promised', 7, 20, 1],
  ['E0105', 'police', 'convenience', 0, 20, 8],
  ['F0101', 'human-resources', 'promised', 7, 20, 1],
  ['F0102', 'human-resources', 'promised', 7, 20, 1],
  ['F0103', 'human-resources', 'convenience', 0, 20, 16],
  ['F0104', 'human-resources', 'promised', 5, 20, 4],
  ['F0105', 'human-resources', 'promised', 7, 20, 1],
  ['G0101', 'tax', 'convenience', 0, 20, 20],
  ['G0102', 'tax', 'promised', 5, 20, 3],
  ['G0103', 'tax', 'convenience', 0, 20, 12],
  ['H0101', 'ecology', 'promised', 7, 20, 2],
  ['H0102', 'ecology', 'promised', 10, 20, 2],
  ['I0101', 'transport', 'promised', 5, 20, 3],
  ['I0102', 'transport', 'on-the-spot', 0, 20, 8],
  ['I0103', 'transport', 'promised', 3, 20, 3],
  ['J0101', 'civil-affairs', 'promised', 10, 20, 1],
  ['J0102', 'civil-affairs', 'promised', 15, 20, 3],
  ['J0103', 'civil-affairs', 'on-the-spot', 0, 20, 8],
  ['K0101', 'agriculture', 'promised', 7, 20, 2],
  ['K0102', 'agriculture', 'promised', 7, 20, 1],
  ['K0103', 'agriculture', 'promised', 10, 20, 1],
  ['L0101', 'culture-tourism', 'promised', 7, 20, 1],
  ['L0102', 'culture-tourism', 'promised', 3, 20, 1],
  ['L0103', 'culture-tourism', 'joint', 15, 45, 1],
  ['M0101', 'fire', 'promised', 5, 20, 4],
  ['N0101', 'education', 'promised', 15, 20, 1],
  ['N0102', 'education', 'promised', 10, 20, 3],
  ['O0101', 'emergency', 'promised', 7, 20, 1],
  ['P0101', 'urban-management', 'promised', 5, 20, 2],
  ['P0102', 'urban-management', 'promised', 3, 20, 2],
  ['P0103', 'urban-management', 'promised', 3, 20, 3],
];

export const ITEMS: readonly SimulatedItem[] = ROWS.map(
  ([code, department, itemClass, promiseDays, statutoryDays, weight]) => ({
    code,
    department,
    itemClass,
    promiseDays,
    statutoryDays,
    weight,
  }),
);

/** Handled at the counter while the applicant waits: 即办件 and 便民服务. */
export const isCounterItem = (item: SimulatedItem): boolean =>
  item.itemClass === 'on-the-spot' || item.itemClass === 'convenience';

/** In no ruleset: a newly delegated item whose limits nobody entered. Its cases must show grey. */
export const UNKNOWN_ITEM: SimulatedItem = {
  code: 'A0199',
  department: 'housing',
  itemClass: 'promised',
  promiseDays: 5,
  statutoryDays: 20,
  weight: 0,
};

/** The departments of every simulated city, each once. */
export function departmentsOf(): string[] {
  return [...new Set(ROWS.map(([, department]) => department))];
}
