import {
  DRAFT_KINDS,
  DRAFT_STATES,
  type DraftActBody,
  type DraftKind,
  type NewDraft,
} from '@mingjian/contracts';
import type { RuleDraftRow } from '@mingjian/store';
import { presentDraft, presentDraftRow } from '../../../monitor/src/drafts/present-draft';
import { draftDifference } from '../../../monitor/src/drafts/draft-difference';
import { writtenInYaml, yamlOf } from '../../../monitor/src/drafts/draft-document';
import { STATE_WORDS } from '../../../monitor/src/drafts/draft-rows';
import { ruleVersions } from '../../../monitor/src/drafts/rule-versions';
import type { DraftProblem } from '../../../monitor/src/drafts/draft-problem';
import { readText } from '../files/read-text';
import { idOf, personOf } from './act-desk';
import { viewOf, withDrafts, type CliDrafts, type DraftOptions } from './draft-desk';
import { inColumns } from './in-columns';
import type { Io } from './io';
import { EXIT, UsageError } from './io';

const MOST = 500;
const ACTIONS =
  'list, show, diff, begin, save, submit, recall, approve, return, discard, rebase, versions and export';

/** `mingjian draft`: changes of the rules (规则草稿), as the API has them. */
export function draftCommand(
  action: string,
  id: string | undefined,
  options: DraftOptions,
  io: Io,
): Promise<number> {
  return withDrafts(options, io, async (desk) => {
    const { drafts } = desk;
    switch (action) {
      case 'list':
        return list(desk);
      case 'show':
        return show(desk, await drafts.read(idOf(id)));
      case 'diff':
        return diff(desk, await drafts.read(idOf(id)));
      case 'versions':
        return versions(desk);
      case 'export':
        return exported(desk);
      case 'begin':
        return show(desk, await drafts.create(beginning(options), (await personOf(desk)).who));
      case 'save': {
        const row = await drafts.read(idOf(id));
        if (options.file === undefined) throw new UsageError('give the document: --file FILE, YAML or JSON');
        const document = writtenInYaml(await readText(options.file));
        return show(desk, await drafts.save(row.id, row.version, { document }, (await personOf(desk)).who));
      }
      case 'submit':
      case 'recall':
      case 'approve':
      case 'return':
      case 'discard':
      case 'rebase': {
        const row = await drafts.read(idOf(id));
        const act = actOf(action, row.version, options);
        return show(desk, await drafts.act(row.id, act, (await personOf(desk)).who));
      }
      default:
        throw new UsageError(`draft ${action}: the actions are ${ACTIONS}`);
    }
  });
}

function beginning({ kind, fromVersion, revert, document }: DraftOptions): NewDraft {
  if (revert !== undefined) return { revertOf: idOf(revert) };
  const chosen = kindOf(kind ?? 'ruleset');
  if (chosen === 'ruleset') return { kind: chosen, version: fromVersion };
  if (fromVersion !== undefined)
    throw new UsageError('--from-version goes with --kind ruleset; take others back with --revert ID');
  if (chosen === 'mapping') {
    if (document === undefined)
      throw new UsageError(
        'name the mapping: --document NAME; a name that no feed reads with begins a new one',
      );
    return { kind: chosen, mapping: document };
  }
  return { kind: chosen };
}

function actOf(type: DraftActBody['type'], version: number, options: DraftOptions): DraftActBody {
  const { reason, note, inForceFrom } = options;
  switch (type) {
    case 'submit':
      if (reason === undefined) throw new UsageError('say why: --reason TEXT');
      if (inForceFrom !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(inForceFrom))
        throw new UsageError('--in-force-from: a date, written YYYY-MM-DD');
      return { type, version, reason, inForceFrom };
    case 'return':
      if (note === undefined) throw new UsageError('say what is to be changed: --note TEXT');
      return { type, version, note };
    case 'approve':
      return { type, version, note };
    default:
      return { type, version };
  }
}

function kindOf(text: string): DraftKind {
  const kind = DRAFT_KINDS.find((one) => one === text);
  if (kind === undefined) throw new UsageError(`--kind: one of ${DRAFT_KINDS.join(', ')}`);
  return kind;
}

async function list(desk: CliDrafts): Promise<number> {
  const { options, io } = desk;
  const state = DRAFT_STATES.find((one) => one === options.state);
  if (options.state !== undefined && state === undefined)
    throw new UsageError(`--state: one of ${DRAFT_STATES.join(', ')}`);
  const rows = await desk.drafts.list({ state, limit: MOST });
  if (options.json) {
    const view = await viewOf(desk);
    await io.out(`${JSON.stringify({ drafts: rows.map((row) => presentDraftRow(row, view)) })}\n`);
  } else if (rows.length === 0) await io.out('no drafts\n');
  else
    await io.out(
      inColumns(
        rows.map((row) => [
          String(row.id),
          row.state,
          row.kind,
          row.inForceFrom ?? '-',
          row.authorName,
          row.title,
        ]),
      ),
    );
  return EXIT.done;
}

async function show(desk: CliDrafts, row: RuleDraftRow): Promise<number> {
  const { options, io, present } = desk;
  if (options.json) {
    await io.out(`${JSON.stringify({ draft: presentDraft(row, await viewOf(desk)) })}\n`);
    return EXIT.done;
  }
  const lines = (JSON.parse(row.problems) as DraftProblem[]).map(
    ({ severity, field, expected, got, hint }) =>
      `${severity}  ${field}：应为${expected}，现为 ${got}。${hint}`,
  );
  await io.out(
    `草稿 ${row.id}  ${STATE_WORDS[row.state]}  ${row.title}\n` +
      `${row.kind} ${row.documentId}  version ${row.documentVersion ?? '-'}  in force from ${row.inForceFrom ?? '-'}\n` +
      `by ${row.authorName}  edited by ${row.editedByName} ${present.time(row.editedAt)}\n` +
      lines.map((line) => `${line}\n`).join(''),
  );
  return EXIT.done;
}

async function diff({ options, io }: CliDrafts, row: RuleDraftRow): Promise<number> {
  const difference = draftDifference(row);
  if (options.json) await io.out(`${JSON.stringify(difference)}\n`);
  else
    for (const { field, before, after } of difference.fields)
      await io.out(`${field}：${before ?? '（无）'} → ${after ?? '（删除）'}\n`);
  return EXIT.done;
}

async function versions(desk: CliDrafts): Promise<number> {
  const { book, today } = await viewOf(desk);
  const found = await ruleVersions(book, desk.store, today);
  const rows = found.map(({ document: { kind, id, version, inForceFrom }, standing, row }) => ({
    ...{ kind, id, version, inForceFrom, standing, draftId: row?.draftId ?? null },
  }));
  await desk.io.out(
    desk.options.json
      ? `${JSON.stringify({ versions: rows })}\n`
      : inColumns(
          rows.map((one) => [
            one.kind,
            one.id,
            one.version ?? '-',
            one.inForceFrom ?? '-',
            one.standing,
            one.draftId === null ? 'file' : `draft ${one.draftId}`,
          ]),
        ),
  );
  return EXIT.done;
}

/** Writes a version as a file holds it: what was approved can be put beside the other files. */
async function exported(desk: CliDrafts): Promise<number> {
  const { kind = 'ruleset', fromVersion = '', document: id } = desk.options;
  const chosen = kindOf(kind);
  const { book, today } = await viewOf(desk);
  const found = (await ruleVersions(book, desk.store, today)).filter(
    ({ document }) =>
      document.kind === chosen &&
      (document.version ?? '') === fromVersion &&
      (id === undefined || document.id === id),
  );
  if (found.length === 0)
    throw new UsageError(
      `no ${kind} has the version ${JSON.stringify(fromVersion)}; mingjian draft versions shows them`,
    );
  const ids = [...new Set(found.map(({ document }) => document.id))];
  if (ids.length > 1) throw new UsageError(`--document: which of those with this version: ${ids.join(', ')}`);
  await desk.io.out(yamlOf(found[0]!.document.written));
  return EXIT.done;
}
