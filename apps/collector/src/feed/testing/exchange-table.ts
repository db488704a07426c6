/** A mapping of the table that these tests write: one row is one acceptance, one decided row a decision as well. */
export const EXCHANGE_MAPPING = `
mapping: exchange
format: csv
source: urn:dept:420684:housing
zone: Asia/Shanghai
times: ['yyyy-MM-dd HH:mm:ss', iso]
events:
  - type: case.accepted
    id: '{YWLSH}/accepted'
    subject: '{YWLSH}'
    time: '{SLSJ}'
    data: { item: A0101, officer: '{BLR}' }
  - type: case.decided
    when: { field: BJSJ, present: true }
    id: '{YWLSH}/decided'
    subject: '{YWLSH}'
    time: '{BJSJ}'
    data: { item: A0101, result: granted, officer: '{BLR}' }
`;

/** A feed document of the table; `more` is appended, two blanks of indent are its own. */
export function exchangeFeed(driver: string, url: string, more = ''): string {
  return `
feed: housing-table
kind: table
mapping: mapping.yaml
every: 30s
batch: 4
retry: { first: 1s, longest: 1m }
database: { driver: ${driver}, url: '${url}' }
table: EX_SL
key: YWLSH
version: SJBBH
watermark: { columns: GXSJ }
overlap: 10m
${more}`;
}
