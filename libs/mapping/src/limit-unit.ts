/** Units of a limit, as rulesets write them. @see libs/rules/README.md, "Limits" */
export const LIMIT_UNITS = ['wd', 'd', 'd!', 'wh', 'wm', 'h'] as const;
export type LimitUnit = (typeof LIMIT_UNITS)[number];

/**
 * Units that mean the same wherever they are written. `天` and `日` alone are not among them: some departments mean
 * working days, some calendar days, and a unit is never guessed.
 * @see 广东省网上办事 交换表 GDBLSXDW, TBCXSXDW: G 工作日, Z 自然日; other provinces write W and N
 */
export const KNOWN_UNITS: Readonly<Record<string, LimitUnit>> = {
  G: 'wd',
  W: 'wd',
  工作日: 'wd',
  个工作日: 'wd',
  Z: 'd',
  N: 'd',
  自然日: 'd',
  个自然日: 'd',
  日历日: 'd',
};
