import { RulesetDocument } from '@mingjian/contracts';
import type { LintFinding } from '../../index';
import { LINT_CODES, lintRules, RuleBook } from '../../index';
import { aCase, at } from '../../testing/builders';
import { documentsOf, EXAMPLE_CALENDARS, TODAY, type LintExample } from '../../testing/lint-example';
import { ITEM_EXAMPLES } from '../../testing/lint-examples-of-items';
import { SITE_EXAMPLES } from '../../testing/lint-examples-of-sites';

const CALENDARS = new Map(EXAMPLE_CALENDARS.map((calendar) => [calendar.id, calendar]));
const EXAMPLES = [...ITEM_EXAMPLES, ...SITE_EXAMPLES];

function lint(rules: object | object[], { today, recorded }: Partial<LintExample> = {}): LintFinding[] {
  const book = new RuleBook(
    documentsOf(rules).map((document) => RulesetDocument.parse(document)),
    CALENDARS,
  );
  const built = aCase(null);
  recorded?.forEach(({ type, data }, day) => built.event(type, `2026-03-${10 + day} 10:00`, data));
  const cases = recorded && new Map([[built.caseNo, built.events]]);
  return lintRules(book, at(today ?? TODAY), cases);
}
const codes = (findings: LintFinding[]): string[] => findings.map(({ code }) => code);

describe('the linter', () => {
  it('is content with a site that keeps to the law', () => {
    const steps = { review: { limit: '3wd' }, approve: { limit: '2wd' } };
    expect(lint({ items: { A: { name: '事项', promise: '7wd', steps } } })).toEqual([]);
  });

  it('has an example of every code', () => {
    expect([...new Set(EXAMPLES.map(({ code }) => code))].sort()).toEqual(Object.keys(LINT_CODES).sort());
  });

  it.each(EXAMPLES.map((example): [string, string, LintExample] => [example.code, example.line, example]))(
    'reports %s at "%s", and no more once that is mended',
    (code, _line, example) => {
      expect(codes(lint(example.bad, example))).toContain(code);
      expect(codes(lint(example.mended, example))).not.toContain(code);
    },
  );

  it('says which version it means, and how much it matters', () => {
    const [finding] = lint([
      {},
      { version: '2', inForceFrom: '2026-02-01', items: { A: { name: '事项', promise: '25wd' } } },
    ]);
    expect(finding).toMatchObject({
      code: 'promise-over-statutory',
      severity: 'error',
      path: ['items', 'A', 'promise'],
      version: '2',
      inForceFrom: '2026-02-01',
    });
  });

  it('names the longest way through the steps, not their sum', () => {
    const steps = {
      a: { limit: '4wd' },
      b: { limit: '2wd', after: [] },
      c: { limit: '4wd', after: ['a', 'b'] },
      d: { limit: '9wd', within: 'delivery' },
    };
    const [finding] = lint({ items: { A: { name: '事项', promise: '7wd', steps } } });
    expect(finding?.message).toBe('the steps add up to more than the promise 7wd: a 4wd + c 4wd');
  });

  it('holds units against each other by what they give, not by their text', () => {
    const steps = { a: { limit: '3wd' }, b: { limit: '4wh', yellowBefore: ['1wh'] } };
    const promised = (promise: string): string[] =>
      codes(lint({ items: { A: { name: '事项', promise, steps } } }));
    expect(promised('5wd')).toEqual([]);
    expect(promised('3wd')).toEqual(['steps-over-promise']);
    expect(promised('120h')).toEqual(['mixed-units']);
  });

  it('says nothing against the rules of an item that is not supervised', () => {
    const item = { name: '事项', enabled: false, promise: '30wd', acceptance: '9wd' };
    expect(codes(lint({ items: { A: item } }))).toEqual(['item-not-supervised']);
  });
});
