import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { ASCENDING_IDS, generatedKey, instant, integer, varchar } from './table-columns';

export class Handover1795305600032 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'handover',
        engine: ASCENDING_IDS,
        columns: [
          generatedKey(),
          varchar('no', 40),
          varchar('kind', 16),
          varchar('subject', 160),
          varchar('department', 64, true),
          instant('from_at', true),
          instant('to_at', true),
          varchar('reason', 255),
          varchar('actor', 80),
          varchar('actor_name', 80),
          instant('made_at'),
          integer('cases'),
          varchar('digest', 64),
          varchar('unit_digest', 64),
        ],
        indices: [
          // One number is given once.
          { name: 'ix_handover_no', columnNames: ['no'], isUnique: true },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('handover');
  }
}
