import { z } from 'zod';

/** 市, 县（市、区）, 乡镇（街道）, 村（社区）: from the top down. */
export const DISTRICT_LEVELS = ['city', 'county', 'town', 'village'] as const;
export type DistrictLevel = (typeof DISTRICT_LEVELS)[number];

const District = z.strictObject({
  name: z.string().min(1),
  level: z.enum(DISTRICT_LEVELS),
  /** The district that this one belongs to, of a higher level. */
  parent: z.string().min(1).optional(),
});

/** 区划: districts by code; what is counted in one is counted in its parents too. Parents are listed and of a higher level. */
export const DistrictsSection = z.record(z.string(), District).superRefine((districts, context) => {
  for (const [code, { level, parent }] of Object.entries(districts)) {
    if (parent === undefined) continue;
    const above = districts[parent];
    const isAbove =
      above !== undefined && DISTRICT_LEVELS.indexOf(above.level) < DISTRICT_LEVELS.indexOf(level);
    if (!isAbove)
      context.addIssue({
        code: 'custom',
        path: [code, 'parent'],
        message: `the code of a listed district of a higher level than ${level}`,
      });
  }
});
export type DistrictsSection = z.output<typeof DistrictsSection>;

/**
 * 权力下放: districts in which an item is handled below its department: `decides`, where the district decides itself (委托下放), or
 * `collects`, where it takes in and hands on (代办).
 */
export const DelegationRule = z.strictObject({
  to: z.array(z.string().min(1)).min(1),
  as: z.enum(['decides', 'collects']).default('decides'),
});
