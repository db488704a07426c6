import { join } from 'node:path';
import { DUE_QUESTIONS, NEW_YORK, OFFICE } from './due-questions';
import { linesOf, ROOT, runProduct, Workspace, type Outcome } from './product';

const ZONES = ['UTC', 'Asia/Shanghai', 'America/New_York', 'Asia/Kolkata'];
const SIMULATE = ['simulate', '--seed', 'zones', '--from', '2026-03-02'];

/** Whoever starts the product in another time zone gets the same bytes: time zones come from the data alone. */
describe('the time zone of the process', () => {
  const workspace = new Workspace();
  const office = workspace.write('office.json', OFFICE);
  const newYork = workspace.write('ny.json', NEW_YORK);
  const day = workspace.path('day.ndjson');
  const rules = [
    ...['--ruleset', join(ROOT, 'rulesets/demo-city/demo-city.yaml')],
    ...['--calendar', join(ROOT, 'rulesets/calendars/cn.yaml')],
  ];
  afterAll(() => workspace.remove());

  async function sameEverywhere(args: readonly string[], input?: string): Promise<Outcome> {
    const outcomes = await Promise.all(
      ZONES.map((TZ) => runProduct(args, { env: { TZ }, ...(input === undefined ? {} : { input }) })),
    );
    for (const outcome of outcomes) expect(outcome).toEqual(outcomes[0]);
    return outcomes[0]!;
  }

  beforeAll(async () => {
    workspace.write('day.ndjson', (await runProduct(SIMULATE)).out);
  });

  it('defect 16: changes no simulated city', async () => {
    const { code, out } = await sameEverywhere(SIMULATE);
    expect(code).toBe(0);
    expect(linesOf(out).length).toBeGreaterThan(500);
  });

  it('defect 16: changes no due instant', async () => {
    const questions = DUE_QUESTIONS.map(({ calendar, from, limit, direction, pauses }, id) =>
      JSON.stringify({ id, calendar, from, limit, direction, pauses }),
    );
    const args = ['due', '--stdin', '--calendar', office, '--calendar', newYork];
    const { code, out } = await sameEverywhere(args, questions.join('\n'));
    expect(code).toBe(0);
    expect(linesOf<{ dueAt: string | null }>(out).map(({ dueAt }) => dueAt)).toEqual(
      DUE_QUESTIONS.map(({ dueAt }) => dueAt),
    );
  });

  it('defect 16: changes no verdict on a simulated day', async () => {
    const args = ['judge', '--json', '--events', day, ...rules, '--at', '2026-03-10T12:00'];
    const { code, out } = await sameEverywhere(args);
    expect(code).toBe(0);
    const lights = new Set(linesOf<{ light: string }>(out).map(({ light }) => light));
    expect(lights).toEqual(new Set(['red', 'yellow', 'grey', 'green']));
  });

  it('defect 16: changes no explanation', async () => {
    const at = ['--at', '2026-03-10T12:00'];
    const judged = await runProduct(['judge', '--json', '--events', day, ...rules, ...at]);
    const red = linesOf<{ case: string; light: string }>(judged.out).find(({ light }) => light === 'red');
    const { code, out } = await sameEverywhere(['explain', red!.case, '--events', day, ...rules, ...at]);
    expect(code).toBe(0);
    expect(out).toContain('● 红灯');
  });
});
