import type { DraftKind } from '@mingjian/contracts';
import { CALENDAR_DRAFTS } from './calendar.kind';
import type { KindOfDraft } from './kind-of-draft';
import { MAPPING_DRAFTS } from './mapping.kind';
import { RECIPIENTS_DRAFTS } from './recipients.kind';
import { RULESET_DRAFTS } from './ruleset.kind';
import { SCHEME_DRAFTS } from './scheme.kind';
import { SOURCES_DRAFTS } from './sources.kind';

/** What is changed by drafts: one more kind is one more entry, and its words. */
export const KINDS: Readonly<Record<DraftKind, KindOfDraft>> = {
  ruleset: RULESET_DRAFTS,
  calendar: CALENDAR_DRAFTS,
  recipients: RECIPIENTS_DRAFTS,
  scheme: SCHEME_DRAFTS,
  sources: SOURCES_DRAFTS,
  mapping: MAPPING_DRAFTS,
};
