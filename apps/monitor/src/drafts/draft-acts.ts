import type { DraftActBody, DraftKind } from '@mingjian/contracts';
import {
  appendLedger,
  BESIDE_THE_SHARDS,
  holdLedgerHead,
  insertRuleVersion,
  loadDraft,
  loadRuleVersions,
  saveDraft,
  type Queryable,
  type RuleDraftRow,
} from '@mingjian/store';
import type { Principal } from '../identity/principal';
import {
  dated,
  requireChange,
  requireCurrentBase,
  requireFitting,
  requireNoErrors,
  requireNotPast,
  requireSecondPerson,
  versionOf,
  type Work as CheckedWork,
} from './act-checks';
import { titleAfter } from './change-title';
import { bookWith, type DraftBook } from './draft-book';
import type { DraftProblem } from './draft-problem';
import type { DraftPorts } from './draft-ports';
import type { Written } from './draft-document';
import { entryOf, RULES_CHAIN } from './draft-ledger';
import { DraftRefused } from './draft-refused';
import {
  afterAct,
  contributorsOf,
  currentOf,
  documentOf,
  editedBy,
  editedSince,
  requireEditable,
  requireState,
  requireVersion,
  todayOf,
} from './draft-rows';
import { freeVersion } from './draft-version';
import { KINDS } from './kinds';
import { conflictProblem, rebased } from './rebase';

export interface ActPorts extends DraftPorts {
  /** What holds, as it was when the act began. */
  book: DraftBook;
  at: (instant: number) => string;
  written: (
    kind: DraftKind,
    documentId: string,
    document: Written,
  ) => Pick<RuleDraftRow, 'document' | 'documentVersion' | 'inForceFrom' | 'problems'>;
}

/** One act about a draft. @returns whether it was approved. @throws DraftRefused; nothing was written then. */
export async function actOnDraft(
  ports: ActPorts,
  read: RuleDraftRow,
  body: DraftActBody,
  who: Principal,
): Promise<boolean> {
  requireVersion(read, body.version, ports.at);
  const now = ports.clock.now();
  const nextBy = async (from: Queryable): Promise<RuleDraftRow> => {
    const approved = await loadRuleVersions(from);
    const book = bookWith(ports.book, approved);
    const work = { ports, book, approved, today: todayOf(book.rules, now), who, now };
    return NEXT[body.type](work, read, body as never);
  };
  if (body.type === 'submit' || body.type === 'approve')
    await KINDS[read.kind].requireUsable?.(documentOf(read), ports.site);
  // Only an approval must see all approvals before it; the rest, which looks long at a document, holds up no writer.
  const isApproval = body.type === 'approve';
  const prepared = isApproval ? null : await nextBy(ports.store);
  await ports.store.write(async (transaction) => {
    // Approvals of all monitors go one after the other.
    await holdLedgerHead(transaction, RULES_CHAIN);
    const next = prepared ?? (await nextBy(transaction));
    if (!(await saveDraft(transaction, next, body.version)))
      throw editedSince((await loadDraft(transaction, read.id)) ?? read, ports.at);
    if (isApproval) await insertRuleVersion(transaction, versionOf(next), contributorsOf(next));
    if (body.type === 'submit' || body.type === 'approve' || body.type === 'return')
      await appendLedger(transaction, [entryOf(next, body, who, now)]);
  }, BESIDE_THE_SHARDS);
  return isApproval;
}

interface Work extends CheckedWork {
  ports: ActPorts;
}

type Act<T extends DraftActBody['type']> = (
  work: Work,
  row: RuleDraftRow,
  body: Extract<DraftActBody, { type: T }>,
) => RuleDraftRow;

const NEXT: { [T in DraftActBody['type']]: Act<T> } = {
  submit(work, row, { reason, inForceFrom }) {
    requireEditable(row);
    requireCurrentBase(work, row);
    const { who, now, ports } = work;
    const document = dated(row, inForceFrom, work.today);
    requireChange(row, document);
    const written = ports.written(row.kind, row.documentId, document);
    requireNoErrors(written);
    requireFitting(work, { ...row, ...written });
    return afterAct(
      row,
      'submit',
      who,
      now,
      {
        ...{ ...editedBy(row, who, now), ...written, state: 'submitted', reason },
        title: titleAfter(row, document),
        ...{ submittedBy: who.id, submittedByName: who.name, submittedAt: now },
        ...{ decidedBy: null, decidedByName: null, decidedAt: null, decisionNote: null },
      },
      reason,
    );
  },
  recall(work, row) {
    requireState(row, 'submitted');
    if (!contributorsOf(row).includes(work.who.id))
      throw new DraftRefused('not-yours', '只有编制草稿的人可以收回，其他人请退回');
    return afterAct(row, 'recall', work.who, work.now, { state: 'editing' });
  },
  approve(work, row, { note = null }) {
    requireState(row, 'submitted');
    requireSecondPerson(row, work.who);
    requireCurrentBase(work, row);
    const { who, now, today } = work;
    requireNotPast(row, today);
    const document = KINDS[row.kind].approved(row, today);
    const next = { ...row, document: JSON.stringify(document) };
    requireFitting(work, next);
    return afterAct(next, 'approve', who, now, decided('approved', who, now, note), note);
  },
  return(work, row, { note }) {
    requireState(row, 'submitted');
    requireSecondPerson(row, work.who);
    return afterAct(row, 'return', work.who, work.now, decided('returned', work.who, work.now, note), note);
  },
  discard(work, row) {
    requireEditable(row);
    return afterAct(row, 'discard', work.who, work.now, { state: 'discarded' });
  },
  rebase(work, row) {
    requireEditable(row);
    const { ports, who, now } = work;
    const current = currentOf(work.book, row.kind, row.documentId);
    if (current === undefined) throw new DraftRefused('base-moved', '所依据的文件已不存在');
    const base = JSON.parse(row.baseDocument) as Written;
    const { document: merged, conflicts } = rebased(base, documentOf(row), current.written);
    const version = freeVersion(current, work.book, work.today);
    const document = { ...merged, version };
    const written = ports.written(row.kind, row.documentId, document);
    const problems = [
      ...conflicts.map((path) => conflictProblem(path, document, current.written)),
      ...(JSON.parse(written.problems) as DraftProblem[]),
    ];
    return afterAct(row, 'rebase', who, now, {
      ...{ ...editedBy(row, who, now), ...written, problems: JSON.stringify(problems), state: 'editing' },
      ...{ baseVersion: current.version, baseInForceFrom: current.inForceFrom, baseDigest: current.digest },
      baseDocument: JSON.stringify(current.written),
      title: titleAfter(row, document, JSON.stringify(current.written)),
    });
  },
};

function decided(
  state: 'approved' | 'returned',
  who: Principal,
  now: number,
  note: string | null,
): Partial<RuleDraftRow> {
  return { state, decidedBy: who.id, decidedByName: who.name, decidedAt: now, decisionNote: note };
}
