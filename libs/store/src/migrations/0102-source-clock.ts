import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { instant, integer, key } from './table-columns';

export class SourceClock1795305600102 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'source_clock',
        columns: [
          key('source', 128),
          key('way', 16),
          integer('offset_ms'),
          { ...integer('within_ms'), isNullable: true },
          instant('measured_at'),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('source_clock');
  }
}
