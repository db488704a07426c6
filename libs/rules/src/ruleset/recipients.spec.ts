import { compileRuleset, judgeCase, lightChangesUntil, recipientsOf, RuleBook } from '../index';
import { aCase, at, OFFICE_2026, rulesetOf } from '../testing/builders';

/** What these specs guarantee: a light is told, lit and issued as its clock says, else its class, else the site. */
describe('who is told of a light', () => {
  const site = { ...rulesetOf({}, { recipients: { yellow: ['post'] } }) };
  const ruleset = compileRuleset({ ...site, classes: { joint: { recipients: { red: ['supervisor'] } } } });

  it('is post and head of yellow, and everybody of red, where nothing is said', () => {
    const plain = compileRuleset(rulesetOf({}));
    expect(recipientsOf(plain, 'promised', 'yellow')).toEqual(['post', 'department-head']);
    expect(recipientsOf(plain, null, 'red')).toEqual([
      'post',
      'department-head',
      'supervisor',
      'inspection-office',
    ]);
  });

  it('is as the class says, else as the site does, each colour by itself', () => {
    expect(recipientsOf(ruleset, 'joint', 'red')).toEqual(['supervisor']);
    expect(recipientsOf(ruleset, 'joint', 'yellow')).toEqual(['post']);
    expect(recipientsOf(ruleset, 'promised', 'red')).toHaveLength(4);
  });

  it('is nobody of green and grey', () => {
    for (const light of ['green', 'grey'] as const) expect(recipientsOf(ruleset, 'joint', light)).toEqual([]);
  });
});

describe('thresholds and 发牌方式 of a clock', () => {
  const document = {
    ...rulesetOf(
      {
        own: {
          name: '事项',
          promise: { limit: '7wd', yellowBefore: ['2wd'], redAfter: '1wd', issue: 'automatic' },
        },
        plain: { name: '事项', promise: '7wd' },
        spot: { name: '即办件', class: 'on-the-spot' },
        convenience: { name: '便民服务', class: 'convenience' },
      },
      { yellowBefore: ['1wd'], issue: 'automatic', ratings: { contact: '1wd' } },
    ),
    classes: {
      promised: { yellowBefore: ['3wd'], redAfter: '2wd', issue: 'confirmed' as const },
      'on-the-spot': { yellowBefore: ['2wh'] },
    },
  };
  const { items, ratings, suspension } = compileRuleset(document);
  const said = (code: string): unknown => {
    const { yellowBefore, redAfter, issue } = items.get(code)!.promise!;
    return [yellowBefore.map((one) => ('limit' in one ? one.limit.text : one)), redAfter?.text, issue];
  };

  it('are its own, else those of the class, else those of the site', () => {
    expect(said('own')).toEqual([['2wd'], '1wd', 'automatic']);
    expect(said('plain')).toEqual([['3wd'], '2wd', 'confirmed']);
  });

  it('of a promise on the spot that nobody wrote are those of the class, else one working hour', () => {
    expect(said('spot')).toEqual([['2wh'], '0wd', 'automatic']);
    expect(said('convenience')).toEqual([['1wh'], '0wd', 'automatic']);
  });

  it('of ratings and suspensions are those of the site', () => {
    expect(ratings.contact).toMatchObject({ issue: 'automatic', redAfter: { text: '0wd' } });
    expect(suspension).toMatchObject({ issue: 'automatic', redAfter: { text: '0wd' } });
  });

  it('stand on every light change', () => {
    const book = new RuleBook([document], new Map([['office', OFFICE_2026]]));
    const tracks = judgeCase('C-1', aCase('plain').accepted('2026-09-14 10:00').events, book);
    expect(lightChangesUntil(tracks, at('2026-10-30')).map(({ issue }) => issue)).toEqual(
      Array(4).fill('confirmed'),
    );
  });
});
