import type { RuleDraftRow } from './rows';
import { insertDraft, loadDraft } from './rule-draft.store';
import { openMysqlStore } from './open-mysql-store';
import { describeWithServer } from './testing/with-server';

const draftOf = (title: string): Omit<RuleDraftRow, 'id'> => ({
  kind: 'ruleset',
  documentId: 'county',
  title,
  state: 'editing',
  version: 1,
  author: 'zhang',
  authorName: '张',
  createdAt: 0,
  editedBy: 'zhang',
  editedByName: '张',
  editedAt: 0,
  contributors: '[]',
  baseVersion: null,
  baseInForceFrom: null,
  baseDigest: '',
  baseDocument: '{}',
  document: '{}',
  revertOf: null,
  documentVersion: null,
  inForceFrom: null,
  problems: '[]',
  history: '[]',
  reason: null,
  submittedBy: null,
  submittedByName: null,
  submittedAt: null,
  decidedBy: null,
  decidedByName: null,
  decidedAt: null,
  decisionNote: null,
});

describeWithServer((server, name) => {
  it(`gives each of two drafts that one person begins at once its own id, on ${name}`, async () => {
    const url = await server.create();
    const [one, other] = await Promise.all([openMysqlStore({ url }), openMysqlStore({ url })]);
    const ids: number[] = [];
    await one.write(async (transaction) => {
      // The other one is written, and committed, between this row and the question for its id.
      const interrupted = {
        ...transaction,
        query: async <T extends object>(sql: string, parameters?: readonly unknown[]): Promise<T[]> => {
          if (ids.length === 0)
            ids.push(await other.write((beside) => insertDraft(beside, draftOf('second'))));
          return transaction.query<T>(sql, parameters);
        },
      };
      ids.push(await insertDraft(interrupted, draftOf('first')));
    });
    const drafts = await Promise.all(ids.map((id) => loadDraft(one, id)));
    expect(drafts.map((draft) => draft?.title)).toEqual(['second', 'first']);
    await Promise.all([one.close(), other.close()]);
    await server.drop(url);
  });
});
