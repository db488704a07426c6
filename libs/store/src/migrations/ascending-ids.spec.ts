import type { MigrationInterface, QueryRunner, Table } from 'typeorm';
import { MIGRATIONS } from './index';
import { ASCENDING_IDS } from './table-columns';

/** The tables that the migrations make, on a runner that writes down what it is told. */
async function tablesMade(): Promise<Table[]> {
  const made: Table[] = [];
  const said: Record<string, unknown> = {
    connection: { options: { type: 'mysql' } },
    createTable: (table: Table) => made.push(table),
  };
  const runner = new Proxy(said, { get: (known, name: string) => known[name] ?? (async () => []) });
  for (const migration of MIGRATIONS)
    await new (migration as new () => MigrationInterface)().up(runner as unknown as QueryRunner);
  return made;
}

describe('the migrations', () => {
  it('ask a cluster for ids in one order wherever a table gives its rows ids', async () => {
    const numbered = (await tablesMade()).filter(({ columns }) =>
      columns.some(({ isGenerated }) => isGenerated),
    );
    expect(numbered.length).toBeGreaterThan(15);
    expect(numbered.filter(({ engine }) => engine !== ASCENDING_IDS).map(({ name }) => name)).toEqual([]);
  });
});
