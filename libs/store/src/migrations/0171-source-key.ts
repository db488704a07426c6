import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { ASCENDING_IDS, generatedKey, index, instant, varchar } from './table-columns';

export class SourceKey1795305600171 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'source_key',
        engine: ASCENDING_IDS,
        columns: [
          generatedKey(),
          varchar('source', 128),
          varchar('key_hash', 64),
          instant('issued_at'),
          varchar('issued_by', 80),
          instant('ends_at', true),
          varchar('ended_by', 80, true),
          instant('last_used_at', true),
        ],
        indices: [
          { ...index('ux_source_key_hash', 'key_hash'), isUnique: true },
          // The keys of a source that end when a new one is issued.
          index('ix_source_key_source', 'source'),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('source_key');
  }
}
