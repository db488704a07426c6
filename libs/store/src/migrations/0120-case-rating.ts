import { Table, type MigrationInterface, type QueryRunner, type TableColumnOptions } from 'typeorm';
import { index, instant, integer, key, text, varchar } from './table-columns';

const maybe = (column: TableColumnOptions): TableColumnOptions => ({ ...column, isNullable: true });

export class CaseRating1795305600120 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'case_rating',
        columns: [
          key('case_no', 64),
          key('source', 128),
          key('event_id', 128),
          instant('rated_at'),
          instant('received_at', true),
          varchar('month', 7),
          ...['district', 'hall', 'department', 'item_code'].map((name) => varchar(name, 64, true)),
          integer('grade'),
          integer('bad'),
          integer('real_name'),
          text('tags'),
          maybe(integer('number')),
          ...['contact_due_at', 'contacted_at', 'rectify_due_at', 'rectified_at'].map((name) =>
            instant(name, true),
          ),
        ],
        indices: [
          // Pages, newest first: all, and those of a department.
          index('ix_case_rating_at', 'rated_at'),
          index('ix_case_rating_department', 'department', 'rated_at'),
          // Counting a month; what waits, among the few bad ones.
          index('ix_case_rating_month', 'month', 'department'),
          index('ix_case_rating_bad', 'bad', 'rated_at'),
          // What became due in a month, for scores.
          index('ix_case_rating_rectify', 'rectify_due_at'),
        ],
      }),
    );
    // Cases that were judged before have no ratings here: as if by other rules, they are judged once more.
    await runner.query("UPDATE setting SET value = 'before case_rating' WHERE name LIKE 'ruleset_digest/%'");
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('case_rating');
  }
}
