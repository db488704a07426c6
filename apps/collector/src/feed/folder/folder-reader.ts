import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { BadInputError, type FolderFeed } from '@mingjian/contracts';
import { forgetFeedFiles, loadFeedFile, saveFeedFile, type FeedFileRow } from '@mingjian/store';
import type { Mapping } from '@mingjian/mapping';
import type { FeedReader, FeedRun, FeedSession } from '../run/feed';
import { freeName, moveAside } from './move-aside';
import type { FolderPorts } from './folder-ports';
import { readDropped } from './read-dropped';
import { RejectFile } from './reject-file';
import { SettledFiles, type SeenFile } from './settled-files';

/**
 * Reads the files of a drop folder, one after the other in order of their names.
 *
 * Steps with a file: (1) wait until nobody writes it; (2) its digest: a content that was read before is moved to `done/`
 * unread; (3) its records in batches, each published, then noted: after a crash the next run goes on behind the last one
 * noted; (4) `done`, or `failed` where the file as a whole cannot be used; (5) moved there. What could not be used of it
 * stands beside it as NAME.rejects.csv, with line and reason.
 *
 * Guarantees: no record is lost or published under two identities; a file is never changed, only moved, and only within
 * the folder. Not guaranteed: anything about a file that is written on after it was settled; its rest is another file.
 */
export class FolderReader implements FeedReader {
  private readonly settled: SettledFiles;

  constructor(
    readonly document: FolderFeed,
    private readonly mapping: Mapping,
    private readonly ports: FolderPorts,
  ) {
    this.settled = new SettledFiles(document.folder, document.files, document.settled);
  }

  async run(session: FeedSession): Promise<FeedRun> {
    await mkdir(this.document.folder, { recursive: true });
    if (session.state.request !== '') await this.backfill(session);
    const { whole, unsettled } = await this.settled.look(session.now());
    let waiting = whole.length + unsettled;
    for (const file of whole) {
      if (session.isEnding) break;
      if (await this.take(file, session)) waiting--;
    }
    return { waiting };
  }

  /** @returns whether the file is out of the folder. */
  private async take(file: SeenFile, session: FeedSession): Promise<boolean> {
    const { folder, feed } = this.document;
    const { store, logger } = this.ports;
    const path = join(folder, file.name);
    const digest = await digestOf(path);
    const now = await stat(path).catch(() => null);
    // Written while we read it: the next look begins anew.
    if (now === null || now.size !== file.size || now.mtimeMs !== file.mtimeMs) return false;
    const known = await loadFeedFile(store, feed, digest);
    if (known?.state === 'done') {
      const as = await this.end(file, known);
      logger.info({ feed, file: file.name, as }, 'The content of a file was read before.');
      return true;
    }
    // One that could not be used is tried anew: the mapping may have been mended since, or the fault is there again.
    const begun = known?.state === 'reading' ? known : newRow(feed, digest, file.name, session.now());
    const rejects = new RejectFile(this.rejectPath(begun), begun.rejectsBytes);
    await rejects.begin();
    try {
      const row = await this.read(path, begun, rejects, session);
      if (row.state === 'reading') return false;
      await this.tellEnd(file, row);
    } catch (error) {
      // A trouble of ours or of the engines is tried again; a file that cannot be used never will be.
      if (!(error instanceof BadInputError)) throw error;
      await this.fail(file, begun, error, session);
    }
    return true;
  }

  private async read(
    path: string,
    begun: FeedFileRow,
    rejects: RejectFile,
    session: FeedSession,
  ): Promise<FeedFileRow> {
    const { batch } = this.document;
    let row = begun;
    const dropped = readDropped(
      { path, mapping: this.mapping, batch, skip: begun.records },
      session,
      this.ports,
    );
    for await (const step of dropped) {
      const rejectsBytes = await rejects.add(step.rejects);
      const { acceptances, records } = step;
      row = {
        ...row,
        records: row.records + records,
        events: row.events + acceptances.filter(({ ok }) => ok).length,
        rejects: row.rejects + step.rejects.length,
        rejectsBytes,
        state: step.isLast ? 'done' : 'reading',
        updatedAt: session.now(),
      };
      const noted = row;
      const also: Parameters<FeedSession['deliver']>[0]['also'] = (transaction) =>
        saveFeedFile(transaction, noted);
      await session.deliver({ acceptances, read: records, changed: records, also });
      if (session.isEnding) break;
    }
    return row;
  }

  /** Moves the file and what could not be used of it; done again after a crash in between it comes to the same. */
  private async end(file: SeenFile, row: FeedFileRow): Promise<string> {
    const { folder } = this.document;
    const to = row.state === 'failed' ? 'failed' : 'done';
    const name = await freeName(join(folder, to), file.name, row.digest);
    await mkdir(join(folder, to), { recursive: true });
    await rename(this.rejectPath(row), join(folder, to, `${name}.rejects.csv`)).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    });
    await moveAside(folder, file.name, to, name);
    return name;
  }

  private async tellEnd(file: SeenFile, row: FeedFileRow): Promise<void> {
    const as = await this.end(file, row);
    const { feed, state, records, events, rejects } = row;
    this.ports.logger.info(
      { feed, file: file.name, as, state, records, events, rejects },
      'A file was read.',
    );
  }

  /** The file as a whole cannot be used: what was published of it stays. */
  private async fail(
    file: SeenFile,
    begun: FeedFileRow,
    error: BadInputError,
    session: FeedSession,
  ): Promise<void> {
    const { feed } = this.document;
    const noted = await loadFeedFile(this.ports.store, feed, begun.digest);
    const known = noted?.state === 'reading' ? noted : begun;
    const failed = new RejectFile(this.rejectPath(begun), known.rejectsBytes);
    await failed.begin();
    await failed.add(
      error.problems.map(({ field, expected, got, hint }) => ({
        line: null,
        quarantine: { reason: 'malformed' as const, field, expected, got, hint },
      })),
    );
    const row: FeedFileRow = { ...known, state: 'failed', updatedAt: session.now() };
    await session.deliver({
      ...{ acceptances: [], read: 0, changed: 0 },
      also: (transaction) => saveFeedFile(transaction, row),
    });
    this.ports.logger.warn(
      { feed, file: file.name, error: error.message.slice(0, 500) },
      'A file cannot be used.',
    );
    await this.end(file, row);
  }

  /** While the file is read; it gets the file's name when that is moved. */
  private rejectPath({ digest }: FeedFileRow): string {
    return join(this.document.folder, `.${digest.slice(0, 32)}.rejects`);
  }

  /** Forgets files of a period: whoever puts them into the folder again has them read again. */
  private async backfill(session: FeedSession): Promise<void> {
    const { feed } = this.document;
    const { from, until } = JSON.parse(session.state.request) as { from: string; until: string };
    const period = [Date.parse(from), Date.parse(until)] as const;
    if (period.some(Number.isNaN)) throw new Error('The backfill of a folder needs times with offset.');
    await session.deliver({
      ...{ acceptances: [], read: 0, changed: 0, request: '' },
      also: async (transaction) => {
        await forgetFeedFiles(transaction, feed, ...period);
      },
    });
  }
}

function newRow(feed: string, digest: string, name: string, at: number): FeedFileRow {
  const counts = { records: 0, events: 0, rejects: 0, rejectsBytes: 0 };
  return { feed, digest, name: name.slice(0, 255), state: 'reading', ...counts, updatedAt: at };
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path) as AsyncIterable<Buffer>) hash.update(piece);
  return hash.digest('hex');
}
