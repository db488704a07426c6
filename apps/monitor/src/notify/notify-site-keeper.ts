import { readFile, stat } from 'node:fs/promises';
import { BadInputError, parseYamlDocument, problemText, RecipientsDocument } from '@mingjian/contracts';
import type { Clock, Logger } from '@mingjian/runtime';
import type { LoadedRuleBook } from '../rulebook/load-rule-book';
import type { Channel } from './channels/channel';
import { openChannels } from './channels/open-channels';
import type { NotifySite } from './notify-site';
import { RecipientBook } from './recipient-book';
import { RulesForNotices } from './rules-for-notices';

/**
 * Reads a recipients document. Calendars that its people name must be among those given.
 * @throws BadInputError with every problem, each with file and line.
 */
export async function readRecipients(file: string, calendars: Iterable<string>): Promise<RecipientsDocument> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new BadInputError([
      {
        place: file,
        field: '',
        expected: 'a recipients document that can be read',
        got: (error as NodeJS.ErrnoException).code ?? String(error),
        hint: 'check MINGJIAN_RECIPIENTS',
      },
    ]);
  }
  const document = parseYamlDocument(text, file, RecipientsDocument);
  const known = [...calendars];
  const problems = Object.entries(document.people)
    .filter(([, { calendar }]) => calendar !== undefined && !known.includes(calendar))
    .map(([id, { calendar }]) => ({
      place: file,
      field: `people.${id}.calendar`,
      expected: `one of the calendars: ${known.join(', ')}`,
      got: JSON.stringify(calendar),
      hint: '',
    }));
  if (problems.length > 0) throw new BadInputError(problems);
  return document;
}

/**
 * Holds recipients, channels and rules together and follows the document. A bad document keeps the one before in force, and
 * is logged with every problem once.
 */
export class NotifySiteKeeper {
  private stamp = '';
  private document: RecipientsDocument | null = null;
  private channels = new Map<string, Channel>();
  private made: { site: NotifySite; rules: LoadedRuleBook; document: RecipientsDocument } | null = null;

  constructor(
    private readonly file: string,
    private readonly rules: () => LoadedRuleBook,
    private readonly wall: Clock,
    private readonly logger: Logger,
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
    const document = await readRecipients(this.file, this.rules().calendars.keys());
    const channels = await openChannels(document, this.file, this.wall);
    for (const channel of this.channels.values()) channel.close();
    this.channels = channels;
    this.document = document;
  }

  /** Loads again where the document changed. */
  async follow(): Promise<void> {
    if (!this.isOn || (await this.stampOf()) === this.stamp) return;
    try {
      await this.load();
      this.logger.info({ version: this.document?.version }, 'Other recipients are in force.');
    } catch (error) {
      const problems = error instanceof BadInputError ? error.problems.map(problemText) : [String(error)];
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
    try {
      const { mtimeMs, size } = await stat(this.file);
      return `${mtimeMs} ${size}`;
    } catch (error) {
      return String(error);
    }
  }
}
