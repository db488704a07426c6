import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { ASCENDING_IDS, generatedKey, index, instant, integer, varchar } from './table-columns';

export class Bulletin1795305600069 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'bulletin',
        engine: ASCENDING_IDS,
        columns: [
          generatedKey(),
          varchar('no', 40, true),
          varchar('kind', 16),
          varchar('period', 10),
          varchar('department', 64, true),
          varchar('title', 160),
          varchar('state', 16),
          integer('progress'),
          varchar('actor', 80),
          varchar('actor_name', 80),
          instant('made_at'),
          varchar('digest', 64, true),
        ],
        indices: [index('ix_bulletin_department', 'department', 'id')],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('bulletin');
  }
}
