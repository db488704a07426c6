import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { key } from './table-columns';

export class RecoveryCode1795305600078 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({ name: 'recovery_code', columns: [key('account_id', 36), key('code_hash', 64)] }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('recovery_code');
  }
}
