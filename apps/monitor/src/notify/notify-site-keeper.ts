import { stat } from 'node:fs/promises';
import { BadInputError, problemText, type RecipientsDocument } from '@mingjian/contracts';
import type { Clock, Logger } from '@mingjian/runtime';
import { lastRuleVersionId, loadRuleVersions, type Queryable, type RuleVersionRow } from '@mingjian/store';
import type { LoadedRuleBook } from '../rulebook/load-rule-book';
import {
  approvedSiteDocuments,
  joinSite,
  readSiteFile,
  RECIPIENTS,
  type SiteDocument,
} from '../rulebook/site-documents';
import type { Channel } from './channels/channel';
import { openChannels } from './channels/open-channels';
import type { NotifySite } from './notify-site';
import { RecipientBook } from './recipient-book';
import { RulesForNotices } from './rules-for-notices';

/**
 * The recipients that hold: the document of a file, or what was approved in its place. Calendars that its people name must be
 * among those given. @param rows approved versions; none: the file alone is judged.
 * @throws BadInputError with every problem, each with file and line; also where the file contradicts what was approved.
 */
export async function readRecipients(
  file: string,
  calendars: Iterable<string>,
  rows: readonly RuleVersionRow[] = [],
): Promise<SiteDocument<RecipientsDocument>> {
  const { held, problems } = joinSite(
    await readSiteFile(RECIPIENTS, file),
    approvedSiteDocuments(RECIPIENTS, rows),
  );
  if (held === null) throw new Error('no recipients document is named');
  const known = [...calendars];
  for (const [id, { calendar }] of Object.entries(held.parsed.people))
    if (calendar !== undefined && !known.includes(calendar))
      problems.push({
        place: held.document.file ?? `draft ${held.document.approved}`,
        field: `people.${id}.calendar`,
        expected: `one of the calendars: ${known.join(', ')}`,
        got: JSON.stringify(calendar),
        hint: '',
      });
  if (problems.length > 0) throw new BadInputError(problems);
  return held;
}

/**
 * Holds recipients, channels and rules together and follows the document: its file, and what was approved in its place. A bad
 * document keeps the one before in force, and is logged with every problem once.
 */
export class NotifySiteKeeper {
  private stamp = '';
  private document: RecipientsDocument | null = null;
  private channels = new Map<string, Channel>();
  private following: Promise<void> = Promise.resolve();
  private made: { site: NotifySite; rules: LoadedRuleBook; document: RecipientsDocument } | null = null;

  constructor(
    private readonly file: string,
    private readonly rules: () => LoadedRuleBook,
    private readonly wall: Clock,
    private readonly logger: Logger,
    private readonly store: Queryable,
  ) {}

  /** Whether anybody is to be told anything. */
  get isOn(): boolean {
    return this.file !== '';
  }

  /** What is in force now; null before {@link load}, and where nobody is to be told. */
  get current(): NotifySite | null {
    if (this.document === null) return null;
    const rules = this.rules();
    if (this.made?.rules !== rules || this.made.document !== this.document)
      this.made = { site: this.make(this.document, rules), rules, document: this.document };
    return this.made.site;
  }

  /** @throws BadInputError with every problem. */
  async load(): Promise<void> {
    if (!this.isOn) return;
    this.stamp = await this.stampOf();
    const rows = await loadRuleVersions(this.store, ['recipients']);
    const { parsed: document } = await readRecipients(this.file, this.rules().calendars.keys(), rows);
    // Also of an approved document: the secrets lie beside the file.
    const channels = await openChannels(document, this.file, this.wall);
    for (const channel of this.channels.values()) channel.close();
    this.channels = channels;
    this.document = document;
  }

  /** Loads again where the document changed; one call after the other: an approval does not wait for the next look. */
  follow(): Promise<void> {
    // What one look ran into is told its caller, and keeps no later one from looking.
    this.following = this.following.catch(() => undefined).then(() => this.followOnce());
    return this.following;
  }

  private async followOnce(): Promise<void> {
    if (!this.isOn || (await this.stampOf()) === this.stamp) return;
    try {
      await this.load();
      this.logger.info({ version: this.document?.version }, 'Other recipients are in force.');
    } catch (error) {
      const isBad = error instanceof BadInputError;
      // Where it is not the document, a store that was away for instance, the next look tries again.
      if (!isBad) this.stamp = '';
      const problems = isBad ? error.problems.map(problemText) : [String(error)];
      this.logger.error({ problems }, 'The changed recipients cannot be used; those before stay in force.');
    }
  }

  close(): void {
    for (const channel of this.channels.values()) channel.close();
  }

  private make(document: RecipientsDocument, rules: LoadedRuleBook): NotifySite {
    const { calendar } = rules.book.newest;
    return {
      book: new RecipientBook(document, rules.calendars, calendar),
      rules: new RulesForNotices(rules),
      channels: this.channels,
      zone: calendar.zone,
    };
  }

  private async stampOf(): Promise<string> {
    const approved = await lastRuleVersionId(this.store, ['recipients']);
    try {
      const { mtimeMs, size } = await stat(this.file);
      return `${approved} ${mtimeMs} ${size}`;
    } catch (error) {
      return String(error);
    }
  }
}
