import type { DraftActBody, DraftContent, DraftImport, DraftKind, NewDraft } from '@mingjian/contracts';
import { formatInstant } from '@mingjian/rules';
import {
  BESIDE_THE_SHARDS,
  insertDraft,
  listDrafts,
  loadDraft,
  loadImpact,
  saveDraft,
  type DraftFilter,
  type ListedDraft,
  type DraftImpactRow,
  type RuleDraftRow,
} from '@mingjian/store';
import type { Principal } from '../identity/principal';
import { titleAfter } from './change-title';
import { checkDraft } from './check-draft';
import { actOnDraft } from './draft-acts';
import { readDraftBook, type DraftBook } from './draft-book';
import { shallow, writtenInYaml, type Written } from './draft-document';
import { DraftRefused } from './draft-refused';
import {
  afterAct,
  documentOf,
  editedBy,
  editedSince,
  requireAdministrator,
  requireEditable,
  requireVersion,
  todayOf,
} from './draft-rows';
import type { DraftPorts } from './draft-ports';
import { ImpactRuns } from './impact-runs';
import { KINDS } from './kinds';
import { requireReader } from './kinds/readers';
import { importItems, type ItemsImported } from './import-items';
import { hasFormErrors, startMissingImpact } from './missing-impact';
import { beginningOf } from './new-draft';
import { ownChanges } from './own-changes';

/**
 * 规则草稿: changes of rules, calendars and recipients on their way: made from what is in force, edited, back-tested, submitted, and approved by
 * somebody who wrote none of it. Who may do what is decided here, below the API: the command line comes the same way.
 */
export class DraftDesk {
  readonly impacts: ImpactRuns;

  constructor(private readonly ports: DraftPorts) {
    this.impacts = new ImpactRuns(ports);
  }

  list(filter: DraftFilter): Promise<ListedDraft[]> {
    return listDrafts(this.ports.store, filter);
  }

  /** The same for somebody who may not read every kind. @throws DraftRefused where there is none, or it is not for them. */
  async readFor(who: Principal, id: number): Promise<RuleDraftRow> {
    const row = await this.read(id);
    requireReader(row.kind, who);
    return row;
  }

  /** @throws DraftRefused where there is none. */
  async read(id: number): Promise<RuleDraftRow> {
    const row = await loadDraft(this.ports.store, id);
    if (row === null) throw new DraftRefused('not-found', `没有草稿 ${id}`);
    return row;
  }

  /** Begins a draft. @throws DraftRefused */
  async create(body: NewDraft, who: Principal): Promise<RuleDraftRow> {
    requireAdministrator(who);
    const { store, clock } = this.ports;
    const now = clock.now();
    const book = await this.book();
    const today = todayOf(book.rules, now);
    const { base, title, document, revertOf } = await beginningOf(body, { book, store, today });
    const first: RuleDraftRow = {
      ...{ id: 0, kind: base.kind, documentId: base.id, title, state: 'editing', version: 0 },
      ...{ author: who.id, authorName: who.name, createdAt: now },
      ...{ editedBy: who.id, editedByName: who.name, editedAt: now, contributors: JSON.stringify([who.id]) },
      ...{ baseVersion: base.version, baseInForceFrom: base.inForceFrom, baseDigest: base.digest },
      ...{ baseDocument: JSON.stringify(base.written), revertOf, history: '[]', reason: null },
      ...{ submittedBy: null, submittedByName: null, submittedAt: null },
      ...{ decidedBy: null, decidedByName: null, decidedAt: null, decisionNote: null },
      ...this.written(base.kind, base.id, document, book),
    };
    // What is in force is kept with the draft, and shown: it may hold nothing either that a draft may not.
    KINDS[base.kind].requireStorable?.(base.written);
    const row = afterAct(first, 'create', who, now, {});
    const id = await store.write((transaction) => insertDraft(transaction, row), BESIDE_THE_SHARDS);
    const made = await this.read(id);
    // What it begins with differs already: whoever opens it sees at once whom that touches.
    if (isOfItsOwn(made)) await startMissingImpact(this.ports, this.impacts, made, book, who);
    return made;
  }

  /** Saves a draft as somebody wants it, also with problems. @param version that was read. @throws DraftRefused */
  async save(id: number, version: number, content: DraftContent, who: Principal): Promise<RuleDraftRow> {
    const document = content.yaml === undefined ? shallow(content.document!) : writtenInYaml(content.yaml);
    return this.replace(id, version, () => document, who, content.title);
  }

  /** Takes a file in place of the document, or of its items and limits. @throws DraftRefused; nothing is saved then. */
  async import(
    id: number,
    file: DraftImport,
    who: Principal,
  ): Promise<{ row: RuleDraftRow; imported: ItemsImported | null }> {
    requireAdministrator(who);
    if (file.format === 'yaml') {
      const document = writtenInYaml(file.content);
      return { row: await this.replace(id, file.version, () => document, who), imported: null };
    }
    const held = await this.read(id);
    if (held.kind !== 'ruleset') throw new DraftRefused('bad-import', '只有规则集可以用工作簿导入事项');
    const imported = await importItems(documentOf(held), Buffer.from(file.content, 'base64'));
    const row = await this.replace(id, file.version, () => imported.document, who);
    return { row, imported: imported.counts };
  }

  /** Submits, recalls, approves, returns, discards a draft, or brings it up to date. @throws DraftRefused */
  async act(id: number, body: DraftActBody, who: Principal): Promise<RuleDraftRow> {
    requireAdministrator(who);
    const book = await this.book();
    const isApproved = await actOnDraft(
      {
        ...{ ...this.ports, book, at: this.at },
        written: (kind, documentId, document) => this.written(kind, documentId, document, book),
      },
      await this.read(id),
      body,
      who,
    );
    if (isApproved) this.ports.approved();
    const row = await this.read(id);
    if (body.type === 'submit') await startMissingImpact(this.ports, this.impacts, row, book, who);
    return row;
  }

  /** Begins the back-test of a draft. @throws DraftRefused */
  async startImpact(id: number, days: number, who: Principal): Promise<DraftImpactRow> {
    requireAdministrator(who);
    const row = await this.read(id);
    if (hasFormErrors(row))
      throw new DraftRefused('has-errors', '草稿的格式有错误，改正后才能测算影响', {
        problems: JSON.parse(row.problems),
      });
    await this.impacts.start(row, await this.book(), days, { id: who.id, name: who.name });
    return (await loadImpact(this.ports.store, id))!;
  }

  /** @throws DraftRefused where there is no such draft. */
  async impact(id: number): Promise<DraftImpactRow | null> {
    await this.read(id);
    return loadImpact(this.ports.store, id);
  }

  async cancelImpact(id: number, who: Principal): Promise<DraftImpactRow | null> {
    requireAdministrator(who);
    await this.read(id);
    await this.impacts.cancel(id);
    return loadImpact(this.ports.store, id);
  }

  /** Everything that is changed by drafts, as it holds now. */
  book(): Promise<DraftBook> {
    const { rules, site, store, wall } = this.ports;
    return readDraftBook(rules(), site, store, wall.now());
  }

  private async replace(
    id: number,
    version: number,
    document: () => Written,
    who: Principal,
    title?: string,
  ): Promise<RuleDraftRow> {
    requireAdministrator(who);
    const row = await this.read(id);
    requireVersion(row, version, this.at);
    requireEditable(row);
    const now = this.ports.clock.now();
    const wanted = document();
    const next = afterAct(row, 'save', who, now, {
      ...editedBy(row, who, now),
      ...this.written(row.kind, row.documentId, wanted, await this.book()),
      title: title ?? titleAfter(row, wanted),
      state: 'editing',
    });
    const isSaved = await this.ports.store.write(
      (transaction) => saveDraft(transaction, next, version),
      BESIDE_THE_SHARDS,
    );
    if (!isSaved) throw editedSince(await this.read(id), this.at);
    return next;
  }

  /** The columns of a document, with what is wrong with it. */
  private written(
    kind: DraftKind,
    documentId: string,
    document: Written,
    book: DraftBook,
  ): Pick<RuleDraftRow, 'document' | 'documentVersion' | 'inForceFrom' | 'problems'> {
    const { earliest, requireStorable } = KINDS[kind];
    requireStorable?.(document);
    const problems = checkDraft(kind, documentId, document, book, this.ports.clock.now());
    const { version, inForceFrom } = document;
    return {
      document: JSON.stringify(document),
      documentVersion: typeof version === 'string' ? version.slice(0, 64) : null,
      inForceFrom: earliest !== null && typeof inForceFrom === 'string' ? inForceFrom.slice(0, 10) : null,
      problems: JSON.stringify(problems),
    };
  }

  private readonly at = (instant: number): string =>
    formatInstant(instant, this.ports.rules().book.newest.calendar.zone);
}

function isOfItsOwn(row: RuleDraftRow): boolean {
  return ownChanges(JSON.parse(row.baseDocument), documentOf(row)).length > 0;
}
