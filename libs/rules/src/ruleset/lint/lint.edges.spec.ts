import type { StepEventData } from '@mingjian/contracts';
import { RulesetDocument } from '@mingjian/contracts';
import type { LintFinding } from '../../index';
import { lintRules, RuleBook } from '../../index';
import { aCase, at } from '../../testing/builders';
import { documentsOf, EXAMPLE_CALENDARS, TODAY } from '../../testing/lint-example';

const CALENDARS = new Map(EXAMPLE_CALENDARS.map((calendar) => [calendar.id, calendar]));

function lint(rules: object | object[], cases?: Parameters<typeof lintRules>[2]): LintFinding[] {
  const documents = documentsOf(rules).map((document) => RulesetDocument.parse(document));
  return lintRules(new RuleBook(documents, CALENDARS), at(TODAY), cases);
}
const item = (more: object): object => ({
  items: { A: { name: '事项', promise: '7wd', statutory: '20wd', ...more } },
});
const codes = (findings: LintFinding[]): string[] => findings.map(({ code }) => code);
const messageOf = (findings: LintFinding[], code: string): string =>
  findings.find((finding) => finding.code === code)?.message ?? 'none';

describe('the linter and the record', () => {
  const of = (caseNo: string, data: StepEventData, when = '2026-03-10 10:00') =>
    [caseNo, aCase(null, caseNo).event('case.submitted', when, data).events] as const;

  it('leaves alone what names no item, and what came before the first version', () => {
    const cases = new Map([
      of('C-1', {}),
      of('C-2', { item: 'Z' }, '2025-03-10 10:00'),
      of('C-3', { item: 'A' }),
    ]);
    expect(codes(lint(item({}), cases))).toEqual([]);
  });

  it('misses no case of an item that is not supervised', () => {
    const rules = {
      items: { A: { name: '事项', promise: '7wd' }, B: { name: '不监察', promise: '7wd', enabled: false } },
    };
    const findings = lint(rules, new Map([of('C-1', { item: 'A' })]));
    expect(codes(findings)).not.toContain('item-not-recorded');
    expect(codes(lint({ items: { A: { name: '事项', promise: '7wd' } } }, new Map()))).toContain(
      'item-not-recorded',
    );
  });

  it('reads a case known by a step alone under the version of its first event', () => {
    const events = aCase('A').stepStarted('review', '2026-03-10 10:00').events;
    const steps = { review: { limit: '2wd' }, approve: { limit: '2wd' } };
    expect(messageOf(lint(item({ steps }), new Map([['C-1', events]])), 'step-not-recorded')).toBe(
      'none of 1 recorded cases of 事项 has step approve',
    );
  });
});

describe('the linter and the versions of a ruleset', () => {
  it('says that a version became known when the next one had replaced it', () => {
    const findings = lint([
      { version: '1', inForceFrom: '2026-01-01', knownSince: '2026-03-01' },
      { version: '2', inForceFrom: '2026-02-02' },
    ]);
    expect(messageOf(findings, 'known-too-late')).toBe(
      'the version became known on 2026-03-01, when version 2 had replaced it',
    );
  });
});

describe('the linter and the limits of the law', () => {
  it('names a start for which a limit in another unit is longer, where it is not for all', () => {
    expect(messageOf(lint(item({ statutory: '28d' })), 'statutory-over-law')).toMatch(
      /^28d is longer than the 20wd of 行政许可法 Art\. 42 for a start on \d{4}-\d{2}-\d{2}$/,
    );
  });

  it('compares no promise with a statutory limit that the case carries, or that there is not', () => {
    for (const statutory of ['carried', 'none'])
      expect(codes(lint(item({ promise: '30wd', statutory })))).not.toContain('promise-over-statutory');
    expect(codes(lint(item({ promise: '30wd' })))).toContain('promise-over-statutory');
  });

  it('says at the hearing what the default of its notice makes too late', () => {
    const findings = lint(item({ hearing: '8wd' }));
    expect(findings.find(({ code }) => code === 'hearing-notice-late')?.path).toEqual([
      'items',
      'A',
      'hearing',
    ]);
  });
});

describe('the linter and lights', () => {
  it('advises a threshold where there is none', () => {
    const findings = lint(item({ promise: { limit: '7wd', yellowBefore: [] } }));
    expect(findings.find(({ code }) => code === 'yellow-after-red')?.suggestion).toBe('add yellowBefore');
  });

  it('takes the thresholds of a class for an on-the-spot item that has none of its own', () => {
    const rules = {
      classes: { 'on-the-spot': { yellowBefore: ['2wh'] } },
      items: { A: { name: '即办事项', class: 'on-the-spot' } },
    };
    expect(codes(lint(rules))).toEqual([]);
  });

  it('says of thresholds that no limit takes only that nobody takes them', () => {
    const findings = lint({
      classes: { forwarded: { yellowBefore: ['1wd', '2wd'] } },
      items: { A: { name: '事项', promise: '7wd' } },
    });
    expect(codes(findings)).not.toContain('shadowed-threshold');
  });
});

describe('the linter and steps', () => {
  it('adds up no steps where none has a limit', () => {
    expect(codes(lint(item({ steps: { review: {}, approve: {} } })))).not.toContain('steps-over-promise');
  });

  it('adds up the steps within the limit of delivery and of acceptance by their names', () => {
    const steps = { hand: { limit: '8wd', within: 'delivery' }, post: { limit: '8wd', within: 'delivery' } };
    expect(messageOf(lint(item({ steps })), 'steps-over-delivery')).toBe(
      'the steps add up to more than the limit of delivery 10wd: hand 8wd + post 8wd',
    );
  });
});
