import { insertRuleVersion, type Store } from '@mingjian/store';

let approvals = 0;

/** Approves a register of sources as the monitor would write it. `senders` may be what no monitor would approve. */
export async function approveRegister(store: Store, senders: object): Promise<void> {
  const draftId = ++approvals;
  const document = { sources: 'site', version: String(draftId), senders };
  await store.write((transaction) =>
    insertRuleVersion(
      transaction,
      {
        ...{ kind: 'sources', documentId: 'site', version: document.version, inForceFrom: null },
        ...{ baseDigest: '', digest: String(draftId), document: JSON.stringify(document), draftId },
        ...{ reason: '登记', author: 'one', approvedBy: 'two', approvedByName: '乙', approvedAt: 0 },
      },
      ['one'],
    ),
  );
}
