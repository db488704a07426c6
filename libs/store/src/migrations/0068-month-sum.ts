import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { ASCENDING_IDS, generatedKey, index, integer, varchar } from './table-columns';

const SUMS = [
  ...['accepted', 'ended', 'decided', 'without_result', 'promised', 'late_promise', 'late_statutory'],
  ...['early', 'same_day', 'on_the_spot', 'timed', 'used_days', 'promise_days', 'promise_used'],
  ...['statutory', 'statutory_days', 'statutory_used', 'joint', 'saved_days', 'suspended'],
  ...['suspended_days', 'reopened', 'incomplete', 'ratings', 'bad_ratings', 'grade_sum'],
];

export class MonthSum1795305600068 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'month_sum',
        engine: ASCENDING_IDS,
        columns: [
          generatedKey(),
          varchar('month', 7),
          ...['district', 'hall', 'department', 'item_code'].map((name) => varchar(name, 64, true)),
          varchar('item_class', 16, true),
          varchar('post', 64, true),
          varchar('officer', 64, true),
          ...SUMS.map((name) => ({ ...integer(name), default: 0 })),
        ],
        indices: [index('ix_month_sum_month', 'month', 'department')],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('month_sum');
  }
}
