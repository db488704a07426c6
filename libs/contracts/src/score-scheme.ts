import { z } from 'zod';

/** What an indicator measures; docs/scores.md defines each. */
export const SCORE_MEASURES = [
  'on-time-rate', // 按时办结率, after tricks are undone
  'satisfaction', // 满意率, net of ratings that an appeal cleared
  'complete-rate', // 数据完整率
  'result-rate', // 有结果办结率: not withdrawn, returned, voided or refused at the door
  'valid-complaints', // 有效投诉率: per decided case, less is better
  'complaints-in-time', // 投诉按期办理率
  'ratings-rectified', // 差评按期整改率
] as const;
export type ScoreMeasure = (typeof SCORE_MEASURES)[number];

/** Measures of what should not happen: all points are earned at `full` and below, none from `none` on. */
export const BURDENS: ReadonlySet<ScoreMeasure> = new Set<ScoreMeasure>(['valid-complaints']);

/** What a veto counts. */
export const VETO_COUNTS = ['red', 'yellow', 'late-statutory', 'tricks'] as const;
export type VetoCount = (typeof VETO_COUNTS)[number];

/** 优秀, 良好, 合格, 不合格. */
export const GRADES = ['excellent', 'good', 'qualified', 'unqualified'] as const;
export type Grade = (typeof GRADES)[number];

const points = z
  .number({ error: 'points, a number of 0 or more' })
  .nonnegative('points, a number of 0 or more');
const FIRST_OF_MONTH = 'the first day of a month, such as 2026-12-01';
const SHARE_TEXT = 'a share such as 95% or 5‰';
const share = z
  .string({ error: SHARE_TEXT })
  .regex(/^((100|\d{1,2})(\.\d+)?%|(1000|\d{1,3})(\.\d+)?‰)$/, SHARE_TEXT)
  .transform((text) => Number(text.slice(0, -1)) / (text.endsWith('%') ? 100 : 1000));
const count = z.number().int('a whole number of 1 or more').min(1, 'a whole number of 1 or more');

const Indicator = z
  .strictObject({
    id: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'a short name in small letters, such as on-time'),
    name: z.string().min(1),
    weight: points,
    measure: z.enum(SCORE_MEASURES),
    /** From this rate on all points are earned; at `none` and below, none; between them in proportion. */
    full: share,
    none: share,
  })
  .superRefine(({ measure, full, none }, context) => {
    const isBurden = BURDENS.has(measure);
    if (isBurden ? full < none : none < full) return;
    context.addIssue({
      code: 'custom',
      path: ['none'],
      message: `a share ${isBurden ? 'above' : 'below'} \`full\`, or nobody could earn a part`,
    });
  });

/**
 * 考评方案: how a month becomes a score. Weights add up to 100. A trick that hides a red card may not cost less than the card.
 * @see 某市行政审批电子监察绩效测评办法: 3 pre-warnings −3, yellow −5, red −10, incomplete data −1 per 1 % and at most −5, 折合系数
 */
export const ScoreScheme = z
  .strictObject({
    scheme: z.string().min(1),
    version: z.string().min(1),
    name: z.string().min(1),
    /** The document that it follows, as a bulletin cites it. */
    basis: z.string().min(1),
    /** The first month that it scores, by its first day; left out: every month that no later one scores. */
    inForceFrom: z
      .string({ error: FIRST_OF_MONTH })
      .regex(/^\d{4}-(0[1-9]|1[0-2])-01$/, FIRST_OF_MONTH)
      .optional(),
    indicators: z.array(Indicator).min(1),
    deductions: z.strictObject({
      preWarnings: z.strictObject({ each: count, points }),
      yellow: points,
      red: points,
      incomplete: z.strictObject({ perShare: share, points, most: points }),
      /** 拆件重报, 办结后续办, 违规停表: a case in time only because of it. Left out: as a red card. */
      refiled: points.optional(),
      reopened: points.optional(),
      heldWithoutRight: points.optional(),
    }),
    bonus: z.strictObject({
      early: z.strictObject({ from: share, points, each: share, eachPoints: points, most: points }),
      /** 承诺提速: points for each item whose promise is lower than it ever was, in the month in which that comes into force. */
      promise: z.strictObject({ each: points, most: points }).optional(),
      most: points,
    }),
    /** 折合系数: cards of a unit that decided more than `reference` cases weigh reference ÷ decided. */
    volume: z.strictObject({ reference: count }),
    /** Below `below` cases the upper end of the Wilson interval counts; below `leastCases` decided cases nobody is ranked. */
    smallNumbers: z.strictObject({ below: count, leastCases: count }),
    vetoes: z
      .array(
        z.strictObject({
          of: z.enum(VETO_COUNTS),
          from: count,
          grade: z.enum(GRADES),
          because: z.string().min(1),
        }),
      )
      .default([]),
    grades: z
      .strictObject({ excellent: points, good: points, qualified: points })
      .refine(({ excellent, good, qualified }) => excellent > good && good > qualified, {
        message: 'grades in falling order: excellent, good, qualified',
      }),
    /** 红旗窗口: from so many points on, without any of these. */
    redFlag: z.strictObject({ points, without: z.array(z.enum(VETO_COUNTS)) }),
  })
  .superRefine((scheme, context) => {
    const sum = scheme.indicators.reduce((total, { weight }) => total + weight, 0);
    if (Math.abs(sum - 100) > 1e-9)
      context.addIssue({
        code: 'custom',
        path: ['indicators'],
        message: `indicators whose weights add up to 100; these add up to ${sum}`,
      });
    if (new Set(scheme.indicators.map(({ id }) => id)).size < scheme.indicators.length)
      context.addIssue({
        code: 'custom',
        path: ['indicators'],
        message: 'indicators with an id of their own each',
      });
    for (const trick of ['refiled', 'reopened', 'heldWithoutRight'] as const)
      if ((scheme.deductions[trick] ?? Infinity) < scheme.deductions.red)
        context.addIssue({
          code: 'custom',
          path: ['deductions', trick],
          message: `at least the points of a red card (${scheme.deductions.red}): a trick may not be cheaper than what it hides`,
        });
  });
export type ScoreScheme = z.output<typeof ScoreScheme>;
