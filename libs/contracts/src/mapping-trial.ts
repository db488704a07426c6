import { z } from 'zod';

/** Formats in which records are pasted. */
export const TRIAL_FORMATS = ['csv', 'json', 'ndjson', 'xml'] as const;
export type TrialFormat = (typeof TRIAL_FORMATS)[number];

/** Records of a department, pasted to see what a mapping makes of them. They are kept nowhere. */
export const MappingTrial = z.strictObject({
  text: z
    .string({ error: 'the records, as the department delivers them' })
    .min(1)
    .describe('The records, at most 256 KiB and 200 of them'),
  format: z.enum(TRIAL_FORMATS),
});
export type MappingTrial = z.output<typeof MappingTrial>;
