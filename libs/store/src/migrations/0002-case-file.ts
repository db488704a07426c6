import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { index, instant, integer, key, varchar } from './table-columns';

export class CaseFile1795305600002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'case_file',
        columns: [
          key('case_no', 64),
          integer('shard'),
          varchar('item_code', 64, true),
          varchar('item_class', 16, true),
          varchar('department', 64, true),
          integer('is_open'),
          varchar('light', 8),
          varchar('step_light', 8),
          varchar('clock', 160, true),
          instant('due_at', true),
          instant('since', true),
          instant('next_change_at', true),
          integer('provisional'),
          varchar('unknown_because', 32, true),
          varchar('ruleset_version', 64),
          varchar('calendar_version', 64),
          varchar('outcome', 16, true),
          instant('accepted_at', true),
          integer('finding_count'),
          instant('last_event_at'),
          varchar('clock_lights', 512),
          integer('light_rank'),
          instant('urgent_at'),
          instant('judged_at'),
        ],
        indices: [
          // The due sweep: which cases change by now, earliest first; and the earliest of all.
          index('ix_case_file_sweep', 'next_change_at', 'case_no'),
          // The case list by urgency, page after page.
          index('ix_case_file_urgency', 'is_open', 'light_rank', 'urgent_at', 'case_no'),
          // Counts by light, department, class and clock for the gauges and the overview, from the index alone.
          index('ix_case_file_counts', 'is_open', 'department', 'item_class', 'light', 'clock_lights'),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('case_file');
  }
}
