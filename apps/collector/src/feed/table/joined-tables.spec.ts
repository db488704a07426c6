import { join } from 'node:path';
import Database from 'libsql';
import { TestClock } from '../../../../../libs/runtime/src/testing/test-clock';
import { loadFeeds } from '../run/load-feeds';
import { checkJoinedTables } from '../testing/check-joined-tables';
import { FeedSite } from '../testing/feed-site';
import { joinedFeeds } from '../testing/joined-exchange';

describe('feeds of joined tables in SQLite', () => {
  checkJoinedTables((home) => {
    const file = join(home, 'exchange.db');
    const database = new Database(file);
    return Promise.resolve({
      driver: 'sqlite',
      address: file,
      run: async (sql, values = []) => void database.prepare(sql).run(...values),
      dispose: async () => void database.close(),
    });
  });
});

describe('a feed document of joined tables', () => {
  let site: FeedSite;
  beforeEach(async () => {
    site = await FeedSite.open(new TestClock(Date.parse('2026-09-14T12:00:00+08:00')));
  });
  afterEach(() => site.dispose());

  const problemsOf = (text: string): string => {
    const file = site.write('feed.yaml', text);
    try {
      loadFeeds(file);
    } catch (error) {
      return (error as Error).message;
    }
    throw new Error('The feed was accepted.');
  };
  const spcl = joinedFeeds('sqlite', 'exchange.db')['spcl.yaml'] ?? '';

  it('must say where the rows are that its rows are joined to', () => {
    expect(problemsOf(spcl.replace('joins: { SL: EX_GDBS_SL }', ''))).toContain(
      'joins.SL: expected the table that holds the rows of SL, to which SPCL is joined',
    );
    expect(problemsOf(spcl.replace('SL: EX_GDBS_SL', 'SL: EX_GDBS_SL, SLL: EX_GDBS_SL'))).toContain(
      'got SLL',
    );
  });

  it('must have keys that are columns, written alike on both sides', () => {
    const mapping = site.write(
      'mapping.yaml',
      `
mapping: pair
format: csv
source: urn:dept:44:pair
inputs:
  HEAD: { key: 'no {NO}' }
  LINE: { key: '{NO}', join: { head: { input: HEAD, on: '{NO}' } } }
events:
  - { input: LINE, type: case.accepted, id: '{NO}', subject: '{head.CASE}', time: '{AT}' }
`,
    );
    const feed = spcl
      .replace(/mapping: .*/, `mapping: ${mapping}`)
      .replace('input: SPCL', 'input: LINE')
      .replace('{ SL: EX_GDBS_SL }', '{ HEAD: T }');
    expect(problemsOf(feed)).toContain(
      '"on" of LINE.join.head written like the key of HEAD, got no {}'.slice(0, 50),
    );
    site.write('mapping.yaml', site.read('mapping.yaml').replace('no {NO}', '{NO `x}'));
    expect(problemsOf(feed)).toContain('a key of HEAD made of columns');
  });

  it('is no topic: its messages have no rows to look up', () => {
    const mapping = /mapping: (.*)/.exec(spcl)?.[1] ?? '';
    const topic = `
feed: t
kind: topic
mapping: ${mapping}
brokers: ['127.0.0.1:9092']
topic: t
`;
    expect(problemsOf(`${topic}input: SPCL\n`)).toContain('an input without joins');
    site.write('feed.yaml', `${topic}input: SB\n`);
    expect(loadFeeds(join(site.home, 'feed.yaml'))).toHaveLength(1);
  });
});
