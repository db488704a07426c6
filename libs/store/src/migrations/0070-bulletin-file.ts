import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { integer, key, text } from './table-columns';

export class BulletinFile1795305600070 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'bulletin_file',
        columns: [
          { ...integer('bulletin_id'), isPrimary: true },
          key('format', 8),
          { ...integer('part'), isPrimary: true },
          text('content'),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('bulletin_file');
  }
}
