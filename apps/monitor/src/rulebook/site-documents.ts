import { readFile } from 'node:fs/promises';
import {
  BadInputError,
  parseYamlDocument,
  RecipientsDocument,
  ScoreScheme,
  SourcesDocument,
  type DraftKind,
  type Problem,
} from '@mingjian/contracts';
import type { RuleVersionRow } from '@mingjian/store';
import { parse } from 'yaml';
import { z } from 'zod';
import { contradiction } from './join-documents';
import { writtenDigest, type ApprovedDocument, type RuleDocument } from './rule-document';

/** A kind of document that a site has one of: a file, and what was approved in its place. */
export interface SiteKind<Parsed> {
  kind: DraftKind;
  schema: z.ZodType<Parsed>;
  /** The setting that names the file; empty: it stands in none. */
  setting: string;
  /** What a document says of itself. */
  identityOf: (parsed: Parsed) => Pick<RuleDocument, 'id' | 'version' | 'inForceFrom'>;
}

/** 接收人: in force once approved. */
export const RECIPIENTS: SiteKind<RecipientsDocument> = {
  kind: 'recipients',
  schema: RecipientsDocument,
  setting: 'MINGJIAN_RECIPIENTS',
  identityOf: ({ recipients: id, version }) => ({ id, version, inForceFrom: null }),
};

/** 考评方案: in force from a month. */
export const SCHEME: SiteKind<ScoreScheme> = {
  kind: 'scheme',
  schema: ScoreScheme,
  setting: 'MINGJIAN_SCORE_SCHEME',
  identityOf: ({ scheme: id, version, inForceFrom = null }) => ({ id, version, inForceFrom }),
};

/** 来源登记: in force once approved; no file holds it. */
export const SOURCES: SiteKind<SourcesDocument> = {
  kind: 'sources',
  schema: SourcesDocument,
  setting: '',
  identityOf: ({ sources: id, version }) => ({ id, version, inForceFrom: null }),
};

/** Such a document as it was read, with where it came from. */
export interface SiteDocument<Parsed, Origin extends RuleDocument = RuleDocument> {
  parsed: Parsed;
  document: Origin;
}

const Members = z.record(z.string(), z.unknown());

/** Reads the file of a kind; null where the site has none. @throws BadInputError with every problem, file and line. */
export async function readSiteFile<Parsed>(
  of: SiteKind<Parsed>,
  file: string,
): Promise<SiteDocument<Parsed> | null> {
  if (file === '') return null;
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new BadInputError([
      {
        place: file,
        field: '',
        expected: 'a document that can be read',
        got: (error as NodeJS.ErrnoException).code ?? String(error),
        hint: `check ${of.setting}`,
      },
    ]);
  }
  const parsed = parseYamlDocument(text, file, of.schema);
  return { parsed, document: documentOf(of, parsed, Members.parse(parse(text)), { file, approved: null }) };
}

/** What was approved of a kind, in order of approval. @throws ZodError where this software cannot read one. */
export function approvedSiteDocuments<Parsed>(
  of: SiteKind<Parsed>,
  rows: readonly RuleVersionRow[],
): SiteDocument<Parsed, ApprovedDocument>[] {
  return rows
    .filter(({ kind }) => kind === of.kind)
    .map(({ document, draftId, baseDigest }) => {
      const written = Members.parse(JSON.parse(document));
      const parsed = of.schema.parse(written);
      const held = documentOf(of, parsed, written, { file: null, approved: draftId });
      return { parsed, document: { ...held, approved: draftId, baseDigest } };
    });
}

/** What holds of a kind. */
export interface HeldSite<Parsed> {
  /** Null where the site has none. */
  held: SiteDocument<Parsed> | null;
  problems: Problem[];
}

/**
 * What holds of a kind without a first day: what was approved last, in place of the file, as with calendars. A file that is what some
 * draft was made from, or a copy of what was approved, counts for nothing then; one that says something else is a problem.
 */
export function joinSite<Parsed>(
  file: SiteDocument<Parsed> | null,
  approved: readonly SiteDocument<Parsed, ApprovedDocument>[],
): HeldSite<Parsed> {
  const last = approved[approved.length - 1];
  if (last === undefined) return { held: file, problems: [] };
  const known = new Set(approved.flatMap(({ document }) => [document.digest, document.baseDigest]));
  const isKnown = file === null || known.has(file.document.digest);
  return { held: last, problems: isKnown ? [] : [contradiction(file.document, last.document)] };
}

/** What holds of a kind with first days. */
export interface HeldInTurn<Parsed> {
  /** By their first day: each until the next; the file comes before all that was approved. */
  held: SiteDocument<Parsed>[];
  /** Approved documents in whose place a later approval stepped. */
  superseded: RuleDocument[];
  problems: Problem[];
}

/**
 * What holds of a kind with first days: what was approved takes the place, from its day on, of all approved earlier for that day or a
 * later one, as with rulesets; before the first of them the file holds. A file that is what some draft was made from, or a copy of
 * what was approved, is no contradiction.
 */
export function joinInTurn<Parsed>(
  file: SiteDocument<Parsed> | null,
  approved: readonly SiteDocument<Parsed, ApprovedDocument>[],
): HeldInTurn<Parsed> {
  let held: SiteDocument<Parsed>[] = [];
  const superseded: RuleDocument[] = [];
  for (const one of approved) {
    const goesOn = ({ document }: SiteDocument<Parsed>): boolean => dayOf(document) < dayOf(one.document);
    superseded.push(...held.filter((other) => !goesOn(other)).map(({ document }) => document));
    held = [...held.filter(goesOn), one];
  }
  const known = new Set(approved.flatMap(({ document }) => [document.digest, document.baseDigest]));
  const last = approved[approved.length - 1];
  const isKnown = file === null || last === undefined || known.has(file.document.digest);
  const problems = isKnown ? [] : [contradiction(file.document, last.document)];
  const isCopy = file !== null && approved.some(({ document }) => document.digest === file.document.digest);
  if (file === null || isCopy) return { held, superseded, problems };
  // Whatever first day it names: what was approved comes after it.
  const first = held.length === 0 ? file : { ...file, document: { ...file.document, inForceFrom: null } };
  return { held: [first, ...held], superseded, problems };
}

const dayOf = ({ inForceFrom }: RuleDocument): string => inForceFrom ?? '';

/** The one that holds for a month, `2026-09`; before the first of them that one, for lack of another. Null: there is none. */
export function heldInMonth<Parsed>(held: readonly SiteDocument<Parsed>[], month: string): Parsed | null {
  const begun = held.filter(({ document }) => dayOf(document) <= `${month}-01`);
  return (begun[begun.length - 1] ?? held[0])?.parsed ?? null;
}

function documentOf<Parsed>(
  of: SiteKind<Parsed>,
  parsed: Parsed,
  written: Record<string, unknown>,
  from: Pick<RuleDocument, 'file' | 'approved'>,
): RuleDocument {
  return { kind: of.kind, ...of.identityOf(parsed), ...from, written, digest: writtenDigest(written) };
}
