import { Table, type MigrationInterface, type QueryRunner, type TableColumnOptions } from 'typeorm';
import { index, instant, integer, key, varchar } from './table-columns';

const maybe = (column: TableColumnOptions): TableColumnOptions => ({ ...column, isNullable: true });

export class CaseFact1795305600065 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'case_fact',
        columns: [
          key('case_no', 64),
          integer('shard'),
          varchar('accepted_month', 7, true),
          varchar('ended_month', 7, true),
          instant('accepted_at', true),
          instant('ended_at', true),
          ...['district', 'hall', 'department', 'item_code'].map((name) => varchar(name, 64, true)),
          varchar('item_class', 16, true),
          varchar('post', 64, true),
          varchar('officer', 64, true),
          varchar('outcome', 16, true),
          varchar('applicant', 64, true),
          integer('decided'),
          ...['promise_days', 'statutory_days', 'used_days'].map((name) => maybe(integer(name))),
          ...['late_promise', 'late_statutory', 'early', 'same_day', 'saved_days', 'suspended_days'].map(
            (name) => integer(name),
          ),
          ...['reopened', 'late_reopened', 'late_held', 'incomplete'].map((name) => integer(name)),
          ...['ratings', 'bad_ratings', 'grade_sum'].map((name) => integer(name)),
        ],
        indices: [
          // Counting a month; cases of a department in a month.
          index('ix_case_fact_ended', 'ended_month', 'department'),
          index('ix_case_fact_accepted', 'accepted_month', 'department'),
        ],
      }),
    );
    // Cases that were judged before have no facts: as if by other rules, they are judged once more.
    await runner.query("UPDATE setting SET value = 'before case_fact' WHERE name LIKE 'ruleset_digest/%'");
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('case_fact');
  }
}
