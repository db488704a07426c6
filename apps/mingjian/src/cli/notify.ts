import { NOTICE_GRADES, NOTICE_HOLD_REASONS, NOTICE_KINDS, ReleaseBody } from '@mingjian/contracts';
import { formatInstant, parseInstant } from '@mingjian/rules';
import {
  keptBack,
  listMessages,
  listNotifications,
  RowScope,
  type NoticeRow,
  type Store,
} from '@mingjian/store';
import { exampleNotice } from '../../../monitor/src/drafts/recipients/example-notice';
import { contentOf } from '../../../monitor/src/notify/message-content';
import { release, revive } from '../../../monitor/src/notify/notify-acts';
import type { NotifySite } from '../../../monitor/src/notify/notify-site';
import { readRecipients } from '../../../monitor/src/notify/notify-site-keeper';
import { RecipientBook } from '../../../monitor/src/notify/recipient-book';
import { RulesForNotices } from '../../../monitor/src/notify/rules-for-notices';
import { approvedDocuments } from '../../../monitor/src/rulebook/approved-documents';
import { loadRuleBook } from '../../../monitor/src/rulebook/load-rule-book';
import { approvedRows } from '../doctor/approved-rows';
import { openStoreOf, settingsOf } from '../engines';
import { EXIT, UsageError, type Io } from './io';
import { chosenDir, type DirOption } from './source';

export type NotifyOptions = DirOption & {
  json?: boolean;
  ruleset?: string;
  calendar?: string;
  kind?: string;
  grade?: string;
  department?: string;
  item?: string;
  at?: string;
  reason?: string;
  as?: string;
  because?: string;
  channel?: string;
  actor?: string;
};

/** `mingjian notify`: who would be told what, what waits, and what a person lets go. */
export async function notifyCommand(
  action: string,
  file: string | undefined,
  options: NotifyOptions,
  io: Io,
): Promise<number> {
  if (action === 'preview') return preview(file, options, io);
  const store = await openStoreOf(settingsOf('live'), chosenDir(options));
  try {
    switch (action) {
      case 'held':
        return await show(await keptBack(store), options, io, (row) =>
          [row.state, row.reason, row.grade, String(row.notices)].join('  '),
        );
      case 'dead':
        return await show(await listMessages(store, 'dead', 500), options, io, (row) =>
          [row.id, row.channel, row.recipient, `${row.notices} notices`, row.reason, row.detail].join('  '),
        );
      case 'unacknowledged':
        return await unacknowledged(store, options, io);
      case 'release':
        return await releaseHeld(store, options, io);
      case 'retry': {
        const messages = await revive(store, options.channel ?? null, actorOf(options), io.now());
        await io.out(
          options.json ? `${JSON.stringify({ messages })}\n` : `${messages} messages are tried again\n`,
        );
        return EXIT.done;
      }
      default:
        throw new UsageError(
          `notify ${action}: the actions are preview, held, release, dead, retry and unacknowledged`,
        );
    }
  } finally {
    await store.close();
  }
}

const actorOf = ({ actor = 'command-line' }: NotifyOptions): { id: string } => ({ id: actor });

/** Lines, or JSON for programs; the exit code says whether there is anything. */
async function show<T extends object>(
  rows: readonly T[],
  { json }: NotifyOptions,
  io: Io,
  line: (row: T) => string,
): Promise<number> {
  for (const row of rows) await io.out(`${json ? JSON.stringify(row) : line(row)}\n`);
  if (!json && rows.length === 0) await io.out('nothing\n');
  return rows.length === 0 ? EXIT.done : EXIT.findings;
}

async function unacknowledged(store: Store, options: NotifyOptions, io: Io): Promise<number> {
  const rows = await listNotifications(store, RowScope.everything, { isUnacknowledged: true, limit: 500 });
  return show(rows, options, io, (row) =>
    [
      row.id,
      row.grade,
      row.noticeKey,
      row.recipient,
      row.channel,
      `due ${new Date(row.ackDueAt ?? 0).toISOString()}`,
      row.escalatedAt === null ? '' : 'escalated',
    ].join('  '),
  );
}

async function releaseHeld(store: Store, options: NotifyOptions, io: Io): Promise<number> {
  const parsed = ReleaseBody.safeParse({ reason: options.reason, as: options.as, because: options.because });
  if (!parsed.success)
    throw new UsageError(
      `notify release: give --reason (${NOTICE_HOLD_REASONS.join(', ')}), --as (digest, each, discard) and --because`,
    );
  const notices = await release(store, parsed.data, actorOf(options), io.now());
  await io.out(options.json ? `${JSON.stringify({ notices })}\n` : `${notices} notices: ${parsed.data.as}\n`);
  return EXIT.done;
}

/** Who would be told of an invented light or other matter, on which channels, when, and in which words. Sends nothing. */
async function preview(file: string | undefined, options: NotifyOptions, io: Io): Promise<number> {
  const process = settingsOf('live');
  const { settings } = process;
  const path = file ?? settings.recipients;
  if (path === '') throw new UsageError('notify preview FILE: name the recipients document');
  const approved = await approvedRows(process, chosenDir(options));
  const ownRules = options.ruleset !== undefined || options.calendar !== undefined;
  const rules = await loadRuleBook(
    {
      rulesets: options.ruleset ?? settings.rulesets,
      calendars: options.calendar ?? settings.calendars,
    },
    // Rules that are named are tried as they are.
    approvedDocuments(ownRules ? [] : approved.rows),
  );
  const { calendar } = rules.book.newest;
  // A file that is named is tried as it is; the site's own may have been replaced by an approved draft.
  const rows = file === undefined ? approved.rows : [];
  const { parsed: document, document: held } = await readRecipients(path, rules.calendars.keys(), rows);
  const site: NotifySite = {
    book: new RecipientBook(document, rules.calendars, calendar),
    rules: new RulesForNotices(rules),
    // Nothing is sent: no secret is read.
    channels: new Map(),
    zone: calendar.zone,
  };
  const now = options.at === undefined ? io.now() : parseInstant(options.at, calendar.zone);
  const { department, item } = options;
  const kind = oneOf('kind', options.kind ?? 'light', NOTICE_KINDS);
  const grade = oneOf('grade', options.grade ?? 'red', NOTICE_GRADES);
  const notice = exampleNotice({ kind, grade, department, item }, now);
  const messages = messagesOf(notice, site, now);
  for (const message of messages)
    await io.out(options.json ? `${JSON.stringify(message)}\n` : `${messageLines(message)}\n`);
  const by =
    held.approved === null ? `the file ${path}` : `draft ${held.approved}, approved in place of ${path}`;
  const told = file === undefined ? approved.told : '; what is approved in the store was not asked';
  if (!options.json) await io.out(`${messages.length} messages by ${by}${told}\n`);
  return EXIT.done;
}

interface PreviewedMessage {
  recipient: string;
  name: string;
  role: string;
  channel: string;
  deliverAt: string;
  subject: string;
  text: string;
}

function messageLines({ role, name, channel, deliverAt, subject, text }: PreviewedMessage): string {
  return `${role}  ${name}  ${channel}  ${deliverAt}\n  ${subject}\n  ${text.replaceAll('\n', '\n  ')}`;
}

function messagesOf(notice: NoticeRow, site: NotifySite, now: number): PreviewedMessage[] {
  const { book, rules, zone } = site;
  const addressed = { ...notice, post: rules.postOf(notice), roles: rules.rolesOf(notice) };
  return book.tell(addressed, now).flatMap(({ recipient, entry, role }) =>
    Object.keys(entry.via).map((channel) => {
      const { subject, content } = contentOf(
        [notice],
        new Map([[notice.grade, 1]]),
        entry,
        book.document.channels[channel]!.kind,
        site,
      );
      const deliverAt = formatInstant(book.deliverAt(entry, notice.grade, now), zone);
      return { recipient, name: entry.name, role, channel, deliverAt, subject, text: content.text };
    }),
  );
}

function oneOf<T extends string>(name: string, value: string, known: readonly T[]): T {
  const found = known.find((one) => one === value);
  if (found === undefined) throw new UsageError(`--${name}: one of ${known.join(', ')}`);
  return found;
}
