import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { ASCENDING_IDS, generatedKey, index, instant, integer, varchar } from './table-columns';

export class Complaint1795305600056 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'complaint',
        engine: ASCENDING_IDS,
        columns: [
          generatedKey(),
          varchar('no', 40),
          varchar('policy', 40),
          varchar('channel', 16),
          varchar('external_no', 64, true),
          varchar('kind', 24),
          varchar('department', 64),
          varchar('handler', 64, true),
          integer('confidential'),
          varchar('title', 255),
          varchar('state', 16),
          varchar('light', 8),
          varchar('clock', 24, true),
          instant('due_at', true),
          integer('provisional'),
          instant('next_change_at', true),
          varchar('person', 64, true),
          integer('real_name'),
          { ...integer('repeat_of'), isNullable: true },
          varchar('case_no', 64, true),
          integer('contradicts'),
          varchar('verdict', 16, true),
          varchar('satisfaction', 16, true),
          integer('reopened'),
          integer('version'),
          instant('registered_at'),
          instant('ended_at', true),
        ],
        indices: [
          { ...index('ix_complaint_no', 'no'), isUnique: true },
          // What the passing of time changes next.
          index('ix_complaint_next', 'next_change_at'),
          index('ix_complaint_state', 'state', 'light', 'id'),
          index('ix_complaint_department', 'department', 'registered_at'),
          index('ix_complaint_handler', 'handler', 'id'),
          index('ix_complaint_person', 'person', 'registered_at'),
          index('ix_complaint_case', 'case_no'),
          index('ix_complaint_registered', 'registered_at'),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('complaint');
  }
}
