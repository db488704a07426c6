import { Table, TableColumn, type MigrationInterface, type QueryRunner } from 'typeorm';
import { instant, integer, key } from './table-columns';

export class SourceSlot1795305600015 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'source_slot',
        columns: [
          key('source', 128),
          { ...instant('slot'), isPrimary: true },
          integer('signs'),
          integer('within_minute'),
          integer('within_hour'),
          integer('within_day'),
          integer('later'),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('source_slot');
  }
}

export class SourceDay1795305600016 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'source_day',
        columns: [
          key('source', 128),
          key('date', 10),
          integer('arrived'),
          { ...integer('sent'), isNullable: true },
          instant('sent_at', true),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('source_day');
  }
}

export class SourceSilence1795305600017 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumns('source_contact', [
      new TableColumn(instant('heartbeat_at', true)),
      new TableColumn({ ...integer('clock_offset_ms'), isNullable: true }),
      new TableColumn(instant('silent_since', true)),
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumns('source_contact', ['heartbeat_at', 'clock_offset_ms', 'silent_since']);
  }
}
