import { z } from 'zod';

/** A limit as written in rulesets, design notation: `20wd`, `7wd@time`, `160wh`, `60d`, `56d!@time`, `48h`. */
export const LimitText = z
  .string()
  .regex(
    /^\d+(wd|wh|wm|ws|d!?|h)(@time)?$/,
    'a limit such as 20wd, 7wd@time, 160wh, 60d, 56d!@time or 48h; units are never guessed',
  )
  .refine(
    (text) => !/^\d+(wh|wm|ws|h)@time$/.test(text),
    '@time only after wd, d or d!; hours are exact already',
  );
export type LimitText = z.infer<typeof LimitText>;

/** A yellow threshold, measured back from the due instant: a limit without @time, or a percentage of the limit. */
export const ThresholdText = z
  .string()
  .regex(/^\d+(wd|wh|wm|ws|d|h)$|^(\d{1,2}|100)%$/, 'a threshold such as 1wd, 4wh or 20%');

/** A share of a whole, in per cent: `10%`. */
export const ShareText = z.string().regex(/^(\d{1,2}|100)%$/, 'a share such as 10%, or none');
