import { join } from 'node:path';

/** A statement that every database here takes; names are quoted with backticks, so that capitals count. */
function tableOf(name: string, columns: string, key: string): string {
  const quoted = (names: string): string[] => names.split(' ').map((one) => `\`${one}\``);
  const columnsText = quoted(columns).map(
    (one) => `${one} ${one.includes('VERSION') ? 'INT' : 'VARCHAR(40)'}`,
  );
  return `CREATE TABLE \`${name}\` (${columnsText.join(', ')}, PRIMARY KEY (${quoted(key).join(', ')}))`;
}

/** The tables of the preset guangdong that these tests write: 申办, 受理, 审批处理. */
export const JOINED_TABLES = [
  tableOf('EX_GDBS_SB', 'SBLSH VERSION SXBM SBSJ XZQHDM INSERTTIME', 'SBLSH VERSION'),
  tableOf(
    'EX_GDBS_SL',
    'YWLSH VERSION SBLSH SLZTDM BSLYY SLSJ BLRGH SLBMZZJGDM GDBLSX GDBLSXDW INSERTTIME',
    'YWLSH VERSION SBLSH',
  ),
  tableOf('EX_GDBS_SPCL', 'YWLSH SPBZH VERSION SPHJMC SPRZWMC SPRXM SPSJ INSERTTIME', 'YWLSH SPBZH VERSION'),
];

/** Writes rows with `run`, which takes `?` as the place of a value. Times are local, `2026-09-14 10:00:00`. */
export function exchangeWriter(run: (sql: string, values: unknown[]) => Promise<void>) {
  return {
    apply: (no: string, item: string, at: string, version = 1) =>
      run('INSERT INTO `EX_GDBS_SB` VALUES (?, ?, ?, ?, ?, ?)', [
        ...[`S-${no}`, version, item, '2026-09-14 09:00:00', '440100', at],
      ]),
    accept: (no: string, at: string, application = `S-${no}`) =>
      run('INSERT INTO `EX_GDBS_SL` VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)', [
        ...[`Y-${no}`, 1, application, '1', null, '2026-09-14 10:00:00', '0417', 'housing'],
        ...['5', 'G', at],
      ]),
    step: (no: string, at: string, finished = '2026-09-14 11:00:00') =>
      run('INSERT INTO `EX_GDBS_SPCL` VALUES (?, ?, ?, ?, ?, ?, ?, ?)', [
        ...[`Y-${no}`, '1', 1, '审核', '科长', '李四', finished, at],
      ]),
  };
}

/** Feed documents of the tables, one each, in one file name each: `sl.yaml`, `spcl.yaml`. */
export function joinedFeeds(driver: string, url: string): Record<string, string> {
  const feed = (name: string, input: string, key: string, joins: string): string => `
feed: gdbs-${name}
kind: table
mapping: ${join(__dirname, '../../../../../mappings/guangdong/mapping.yaml')}
input: ${input}
batch: 4
database: { driver: ${driver}, url: '${url}' }
table: EX_GDBS_${input}
key: ${key}
version: VERSION
watermark: { columns: INSERTTIME }
joins: ${joins}
`;
  return {
    'sl.yaml': feed('sl', 'SL', 'YWLSH', '{ SB: EX_GDBS_SB }'),
    'spcl.yaml': feed('spcl', 'SPCL', '[YWLSH, SPBZH]', '{ SL: EX_GDBS_SL }'),
  };
}
