import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { ASCENDING_IDS, generatedKey, index, instant, integer, text, varchar } from './table-columns';

export class ActEvent1795305600045 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'act_event',
        engine: ASCENDING_IDS,
        columns: [
          generatedKey(),
          varchar('matter', 16),
          integer('matter_id'),
          integer('seq'),
          varchar('type', 32),
          instant('at'),
          varchar('actor', 80),
          varchar('actor_name', 80),
          text('act'),
          varchar('act_key', 160),
        ],
        indices: [
          // The events of one matter in order; nobody writes the same place twice.
          { ...index('ix_act_event_seq', 'matter', 'matter_id', 'seq'), isUnique: true },
          // An act submitted twice is done once.
          { ...index('ix_act_event_key', 'act_key'), isUnique: true },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('act_event');
  }
}
