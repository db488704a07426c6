import fc from 'fast-check';
import { OrderRule, OrderRules, type ActEvent, type OrderRecord } from '@mingjian/contracts';
import { OFFICE_2026 } from '../testing/builders';
import { foldOrder, orderAt, ordersByRule, refuseOrderAct } from './index';

/* What this spec guarantees: the state, light and ladder of an order follow from its acts, the calendar and the instant. */

const RULES = OrderRules.parse({});
const at = (text: string): number => Date.parse(`${text.length === 16 ? `${text}:00` : text}+08:00`);
const ACTOR = { id: 'u1', name: '监察员' };

/** Events by their local instants. */
function order(...acts: readonly (readonly [time: string, act: OrderRecord])[]): ActEvent<OrderRecord>[] {
  return acts.map(([time, act], index) => ({ seq: index + 1, at: at(time), actor: ACTOR, act }));
}
const ISSUED: OrderRecord = {
  type: 'issued',
  no: '督办〔2026〕1号',
  rule: null,
  department: 'housing',
  colour: 'blue',
  title: '逾期办件',
  content: '请说明原因并整改',
  basis: '行政许可法第四十二条',
  sources: [],
};
const REPLIED: OrderRecord = { type: 'replied', cause: '人手不足', measures: '增派人员' };
const look = (events: ActEvent<OrderRecord>[], time: string, rules = RULES) =>
  orderAt(foldOrder(events), rules, OFFICE_2026, at(time));

describe('an order issued on Monday 28 September 2026, before National Day', () => {
  const issued = order(['2026-09-28T10:00', ISSUED]);

  it('is due at the end of Saturday 10 October: seven days are holidays and that Saturday is worked', () => {
    expect(look(issued, '2026-09-28T10:00').dueAt).toBe(at('2026-10-10T23:59:59.999'));
  });

  it.each([
    ['2026-10-08T23:59', 'green', null],
    // One working day before the last: counted back as cases count it.
    ['2026-10-09T00:00', 'yellow', null],
    ['2026-10-10T23:59', 'yellow', null],
    ['2026-10-11T00:00', 'red', 'reminder'],
    ['2026-10-16T23:59', 'red', 'reminder'],
    ['2026-10-17T00:00', 'red', 'circulation'],
    ['2026-10-24T00:00', 'red', 'interview'],
    ['2026-10-31T00:00', 'red', 'accountability'],
  ])('at %s it is %s and has come to %s', (time, light, level) => {
    expect(look(issued, time)).toMatchObject({ light, level });
  });

  it('takes a graver colour as the ladder says, and never gives it back', () => {
    const colours = ['2026-10-16T23:59', '2026-10-17T00:00', '2026-10-31T00:00'].map(
      (time) => look(issued, time).colour,
    );
    expect(colours).toEqual(['blue', 'orange', 'red']);
    const red = order(['2026-09-28T10:00', { ...ISSUED, colour: 'red' }]);
    expect(look(red, '2026-10-17T00:00').colour).toBe('red');
  });

  it('names each next instant, from the first to the last', () => {
    const instants: number[] = [];
    let next: number | null = at('2026-09-28T10:00');
    while (next !== null) {
      next = orderAt(foldOrder(issued), RULES, OFFICE_2026, next).nextChangeAt;
      if (next !== null) instants.push(next);
    }
    expect(instants.map((instant) => new Date(instant + 8 * 3_600_000).toISOString().slice(0, 16))).toEqual([
      '2026-10-09T00:00',
      '2026-10-11T00:00',
      '2026-10-17T00:00',
      '2026-10-24T00:00',
      '2026-10-31T00:00',
    ]);
  });
});

describe('acts about an order', () => {
  it('an extension in time moves due, light and ladder; a second one is refused, and so is a longer one', () => {
    const extended = order(
      ['2026-09-28T10:00', ISSUED],
      ['2026-10-09T10:00', { type: 'extension-granted', days: 3, reason: '现场核查', approver: '王主任' }],
    );
    // Three working days after Saturday 10 October.
    expect(look(extended, '2026-10-12T00:00')).toMatchObject({
      light: 'green',
      level: null,
      dueAt: at('2026-10-14T23:59:59.999'),
    });
    expect(look(extended, '2026-10-15T00:00')).toMatchObject({ light: 'red', level: 'reminder' });
    const facts = foldOrder(extended);
    const verdict = look(extended, '2026-10-12T10:00');
    const grant = { type: 'extension-granted', days: 1, reason: '再延', approver: '王主任' } as const;
    expect(refuseOrderAct(grant, facts, verdict, RULES, at('2026-10-12T10:00'))).toBe('no-extension-left');
    const twice = { ...RULES, extensions: 2 };
    expect(
      refuseOrderAct({ ...grant, days: 6 }, facts, look(extended, '2026-10-12T10:00', twice), twice, 0),
    ).toBe('extension-too-long');
  });

  it('an extension after the limit ran out is refused, and would change nothing', () => {
    const late = order(
      ['2026-09-28T10:00', ISSUED],
      ['2026-10-11T09:00', { type: 'extension-granted', days: 5, reason: '补', approver: '王主任' }],
    );
    expect(look(late, '2026-10-11T10:00')).toMatchObject({
      light: 'red',
      dueAt: at('2026-10-10T23:59:59.999'),
    });
    const issued = order(['2026-09-28T10:00', ISSUED]);
    expect(
      refuseOrderAct(
        { type: 'extension-requested', days: 1, reason: '补' },
        foldOrder(issued),
        look(issued, '2026-10-11T09:00'),
        RULES,
        at('2026-10-11T09:00'),
      ),
    ).toBe('reply-overdue');
  });

  it('a reply stops the ladder and starts the clock of the inspector; a late one stays red for good', () => {
    const replied = order(['2026-09-28T10:00', ISSUED], ['2026-10-12T09:00', REPLIED]);
    expect(look(replied, '2026-11-30T00:00')).toMatchObject({
      clock: 'verify#1',
      light: 'red',
      level: 'reminder',
      dueAt: at('2026-10-19T23:59:59.999'),
    });
    const closed = order(
      ['2026-09-28T10:00', ISSUED],
      ['2026-10-12T09:00', REPLIED],
      ['2026-10-13T09:00', { type: 'closed', opinion: '属实' }],
    );
    expect(look(closed, '2026-11-30T00:00')).toMatchObject({ light: 'red', clock: null, nextChangeAt: null });
  });

  it('a return begins a new round with its own limit and the ladder from its foot', () => {
    const returned = order(
      ['2026-09-28T10:00', ISSUED],
      ['2026-09-29T09:00', REPLIED],
      ['2026-09-30T09:00', { type: 'returned', reason: '措施不具体', replyWithin: '2wd' }],
    );
    // 8 and 9 October are the first two working days.
    expect(look(returned, '2026-10-09T12:00')).toMatchObject({ round: 2, light: 'yellow', level: null });
    expect(look(returned, '2026-10-10T00:00')).toMatchObject({
      light: 'red',
      level: 'reminder',
      clock: 'reply#2',
    });
  });

  it('each act belongs to a state, and to no other', () => {
    const withdrawn = order(
      ['2026-09-28T10:00', ISSUED],
      ['2026-09-28T11:00', { type: 'withdrawn', reason: '重复立项' }],
    );
    const acts = [REPLIED, { type: 'closed', opinion: '好' }, { type: 'withdrawn', reason: '再撤' }] as const;
    for (const act of acts)
      expect(
        refuseOrderAct(act as never, foldOrder(withdrawn), look(withdrawn, '2026-09-28T12:00'), RULES, 0),
      ).toBe('wrong-state');
    expect(look(withdrawn, '2026-12-01T00:00')).toMatchObject({ level: null, nextChangeAt: null });
  });

  it('does not depend on what the passing of time wrote into the list', () => {
    const effects: OrderRecord[] = [
      { type: 'lit', clock: 'reply#1', from: null, to: 'yellow', becameAt: 1, dueAt: 2 },
      { type: 'escalated', level: 'interview', round: 1, becameAt: 1, dueAt: 2, colour: 'red' },
    ];
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...effects), { maxLength: 4 }),
        fc.integer({ min: 0, max: 60 * 24 }),
        (noise, hours) => {
          const acts = [
            ['2026-09-28T10:00', ISSUED],
            ...noise.map((act) => ['2026-10-01T10:00', act] as const),
            ['2026-10-12T09:00', REPLIED],
          ] as const;
          const calm = order(['2026-09-28T10:00', ISSUED], ['2026-10-12T09:00', REPLIED]);
          const instant = at('2026-09-28T10:00') + hours * 3_600_000;
          const shown = (events: ActEvent<OrderRecord>[]): string =>
            JSON.stringify(orderAt(foldOrder(events), RULES, OFFICE_2026, instant));
          return shown(order(...acts)) === shown(calm);
        },
      ),
    );
  });
});

describe('orders that a rule asks for', () => {
  const light = (key: string, department: string | null, subject: string) => ({
    key,
    subject,
    department,
    at: at('2026-09-14T10:00') + Number(key),
    what: { light: 'red' as const, kind: 'promise' as const },
  });
  const NOW = at('2026-09-15T10:00');
  const rule = (count: number, per: 'department' | 'case') =>
    OrderRule.parse({ light: 'red', count, per, title: '题', content: '文', basis: '据' });

  it('come for each source where one is enough, and for nobody where no department answers', () => {
    const wanted = ordersByRule(
      rule(1, 'department'),
      [light('2', 'housing', 'C-1'), light('1', 'housing', 'C-2'), light('3', null, 'C-3')],
      OFFICE_2026,
      NOW,
    );
    expect(wanted.map(({ sources }) => sources.map(({ key }) => key))).toEqual([['1'], ['2']]);
  });

  it('are about one thing each, and about clocks only where they are about lights', () => {
    const said = { title: '题', content: '文', basis: '据' };
    const problems = (rule: object): string[] =>
      OrderRules.safeParse({ rules: { one: { ...said, ...rule } } }).error?.issues.map(
        ({ message }) => message,
      ) ?? [];
    for (const about of [
      { light: 'red', clocks: ['promise'] },
      { finding: 'SUS-6' },
      { complaint: 'reopened' },
    ])
      expect(problems(about)).toEqual([]);
    for (const about of [{}, { light: 'red', complaint: 'red' }, { finding: 'SUS-6', complaint: 'valid' }])
      expect(problems(about)).toEqual([
        expect.stringMatching(/^one of light, finding and complaint/) as string,
      ]);
    expect(problems({ complaint: 'red', clocks: ['promise'] })).toEqual([
      expect.stringMatching(/^clocks only in a rule about lights/) as string,
    ]);
  });

  it('come for n of a department together, or n of one case', () => {
    const candidates = [
      light('1', 'housing', 'C-1'),
      light('2', 'housing', 'C-1'),
      light('3', 'housing', 'C-2'),
      light('4', 'market', 'C-3'),
    ];
    const byDepartment = ordersByRule(rule(3, 'department'), candidates, OFFICE_2026, NOW);
    expect(byDepartment.map(({ content, sources }) => [content.department, sources.length])).toEqual([
      ['housing', 3],
    ]);
    expect(ordersByRule(rule(3, 'case'), candidates, OFFICE_2026, NOW)).toEqual([]);
    expect(ordersByRule(rule(2, 'case'), candidates, OFFICE_2026, NOW)[0]?.sources).toHaveLength(2);
  });
});
