import type { LintExample } from './lint-example';

const fine = { name: '事项', promise: '7wd', statutory: '20wd' };
/** One item with a fault, and mended. */
const item = (bad: object, mended: object): Pick<LintExample, 'bad' | 'mended'> => ({
  bad: { items: { A: { ...fine, ...bad } } },
  mended: { items: { A: { ...fine, ...mended } } },
});
const DONE_BY = { limit: '1wd', yellowBefore: ['1wh'] };

/** For each code about one item: rules that have it, the line it is reported at, and the rules mended. */
export const ITEM_EXAMPLES: LintExample[] = [
  { code: 'missing-limit', line: 'A:', ...item({ promise: undefined }, { promise: '7wd' }) },
  {
    code: 'unsupervised',
    line: 'A:',
    ...item(
      { promise: 'none', class: 'forwarded', statutory: 'none', forwarding: 'none' },
      { promise: 'none', class: 'forwarded', statutory: 'none' },
    ),
  },
  { code: 'unsupervised', line: 'A:', ...item({ promise: 'none', statutory: 'none' }, { promise: 'none' }) },
  {
    code: 'item-not-supervised',
    line: 'enabled: false',
    ...item({ enabled: false }, { enabled: true }),
  },
  {
    code: 'promise-over-statutory',
    line: 'promise: 25wd',
    ...item({ promise: '25wd' }, { promise: '20wd' }),
  },
  // 130 working hours are 20 days of 6.5 hours, but they begin on the day of the start.
  {
    code: 'promise-over-statutory',
    line: 'promise: 200wh',
    ...item({ promise: '200wh' }, { promise: '130wh' }),
  },
  // Four weeks are 20 working days, unless a worked weekend makes the working days end sooner.
  { code: 'mixed-units', line: 'promise: 28d', ...item({ promise: '28d' }, { promise: '20d' }) },
  {
    code: 'mixed-units',
    line: 'steps:',
    ...item(
      { promise: '1wd', steps: { a: { limit: '8wh' } } },
      { promise: '1wd', steps: { a: { limit: '6wh' } } },
    ),
  },
  {
    code: 'steps-over-promise',
    line: 'steps:',
    ...item(
      { steps: { a: { limit: '5wd' }, b: { limit: '3wd' } } },
      { steps: { a: { limit: '5wd' }, b: { limit: '3wd', after: [] } } },
    ),
  },
  {
    code: 'steps-over-promise',
    line: 'steps:',
    ...item(
      {
        steps: {
          a: { limit: '3wd' },
          b: { limit: '2wd', after: [] },
          c: { limit: '5wd', after: ['b', 'a'] },
        },
      },
      {
        steps: {
          a: { limit: '2wd' },
          b: { limit: '2wd', after: [] },
          c: { limit: '5wd', after: ['b', 'a'] },
        },
      },
    ),
  },
  {
    code: 'steps-over-acceptance',
    line: 'steps:',
    ...item(
      { steps: { a: { limit: '6wd', within: 'acceptance' }, b: { limit: '7wd' } } },
      { steps: { a: { limit: '5wd', within: 'acceptance' }, b: { limit: '7wd' } } },
    ),
  },
  {
    code: 'steps-over-delivery',
    line: 'steps:',
    ...item(
      { delivery: '3wd', steps: { a: { limit: '7wd' }, b: { limit: '4wd', within: 'delivery' } } },
      { delivery: '4wd', steps: { a: { limit: '7wd' }, b: { limit: '4wd', within: 'delivery' } } },
    ),
  },
  {
    code: 'step-cycle',
    line: 'after:',
    ...item(
      { steps: { a: { limit: '1wd', after: ['b'] }, b: { limit: '1wd' } } },
      { steps: { a: { limit: '1wd' }, b: { limit: '1wd' } } },
    ),
  },
  {
    code: 'unknown-step',
    line: 'c',
    ...item({ steps: { a: { limit: '1wd', after: ['c'] } } }, { steps: { a: { limit: '1wd', after: [] } } }),
  },
  {
    code: 'step-without-limit',
    line: 'b:',
    ...item(
      { steps: { a: { limit: '1wd' }, b: { name: '审核' } } },
      { steps: { a: { limit: '1wd' }, b: { name: '审核', enabled: false } } },
    ),
  },
  {
    code: 'step-within-no-limit',
    line: 'within: acceptance',
    ...item(
      { acceptance: 'none', steps: { a: { limit: '1wd', within: 'acceptance' } } },
      { acceptance: '5wd', steps: { a: { limit: '1wd', within: 'acceptance' } } },
    ),
  },
  {
    code: 'yellow-from-start',
    line: 'promise:',
    ...item(
      { promise: { limit: '7wd', yellowBefore: ['8wd'] } },
      { promise: { limit: '7wd', yellowBefore: ['6wd'] } },
    ),
  },
  {
    code: 'yellow-after-red',
    line: 'promise:',
    ...item(
      { promise: { limit: '3wd', yellowBefore: ['20%'] } },
      { promise: { limit: '5wd', yellowBefore: ['20%'] } },
    ),
  },
  {
    code: 'never-lit',
    line: 'promise:',
    ...item(
      { promise: { limit: '7wd', yellowBefore: [], redAfter: 'never' } },
      { promise: { limit: '7wd', yellowBefore: ['1wd'], redAfter: 'never' } },
    ),
  },
  {
    code: 'shadowed-threshold',
    line: '20%',
    ...item(
      { promise: { limit: '7wd', yellowBefore: ['2wd', '20%'] } },
      { promise: { limit: '7wd', yellowBefore: ['2wd'] } },
    ),
  },
  { code: 'acceptance-over-law', line: '6wd', ...item({ acceptance: '6wd' }, { acceptance: '5wd' }) },
  { code: 'delivery-over-law', line: '11wd', ...item({ delivery: '11wd' }, { delivery: '10wd' }) },
  { code: 'hearing-over-law', line: '21wd', ...item({ hearing: '21wd' }, { hearing: '20wd' }) },
  { code: 'inspection-over-law', line: '6wd', ...item({ inspection: '6wd' }, { inspection: '5wd' }) },
  { code: 'statutory-over-law', line: '21wd', ...item({ statutory: '21wd' }, { statutory: '20wd' }) },
  {
    code: 'statutory-over-law',
    line: '46wd',
    ...item({ class: 'joint', statutory: '46wd' }, { class: 'joint', statutory: '45wd' }),
  },
  {
    code: 'forwarding-over-law',
    line: '21wd',
    ...item({ class: 'forwarded', forwarding: '21wd' }, { class: 'forwarded', forwarding: '20wd' }),
  },
  {
    code: 'extension-over-law',
    line: 'extensionMaxDays: 11',
    ...item({ extensionMaxDays: 11 }, { extensionMaxDays: 10 }),
  },
  {
    code: 'forwarding-not-forwarded',
    line: 'forwarding: 5wd',
    ...item({ forwarding: '5wd' }, { class: 'forwarded', forwarding: '5wd' }),
  },
  {
    code: 'hearing-notice-late',
    line: 'hearingNotice: 9wd',
    ...item({ hearing: '15wd', hearingNotice: '9wd' }, { hearing: '15wd', hearingNotice: '8wd' }),
  },
  {
    code: 'inspection-over-promise',
    line: 'inspection: 5wd',
    ...item({ promise: '3wd', inspection: '5wd' }, { promise: '7wd', inspection: '5wd' }),
  },
  {
    code: 'silence-without-limit',
    line: 'silence:',
    ...item(
      { promise: 'none', silence: { basis: '本市规定' } },
      { promise: 'none', silence: { basis: '本市规定', clock: 'statutory' } },
    ),
  },
  {
    code: 'silence-without-limit',
    line: 'silence:',
    ...item(
      { steps: { a: { ...DONE_BY, enabled: false, silence: { basis: '本市规定' } } } },
      { steps: { a: { ...DONE_BY, silence: { basis: '本市规定' } } } },
    ),
  },
  {
    code: 'silence-never-red',
    line: 'silence:',
    ...item(
      { promise: { limit: '7wd', redAfter: 'never' }, silence: { basis: '本市规定' } },
      { promise: { limit: '7wd', redAfter: '1wd' }, silence: { basis: '本市规定' } },
    ),
  },
];
