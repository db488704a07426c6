import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { instant, integer, key } from './table-columns';

export class SignInFailure1795305600077 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'sign_in_failure',
        columns: [
          key('subject', 128),
          integer('failures'),
          instant('last_failed_at'),
          instant('locked_until', true),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('sign_in_failure');
  }
}
