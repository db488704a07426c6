import { createHash } from 'node:crypto';
import { canonicalJson, dateTextOf, dayNumberOf } from '@mingjian/rules';
import type { Clock, Logger } from '@mingjian/runtime';
import {
  appendLedger,
  beginBulletin,
  failBulletin,
  finishBulletin,
  RowScope,
  takeNumber,
  tellBulletinProgress,
  type BulletinFormat,
  type BulletinKind,
  type Store,
} from '@mingjian/store';
import type { Block } from '../handover/document-block';
import { renderDocx } from '../handover/render-docx';
import { renderHtml } from '../handover/render-html';
import type { LoadedRuleBook } from '../rulebook/load-rule-book';
import { dayBulletin } from './day-bulletin';
import { dayFigures, monthFigures } from './bulletin-figures';
import { dateInChinese, monthBulletin } from './month-bulletin';
import { renderXlsx } from './render-xlsx';
import { monthInChinese } from './report-months';

export interface BulletinPorts {
  store: Store;
  rules: () => LoadedRuleBook;
  scoreScheme: string;
  /** The clock by which cases are judged. */
  clock: Clock;
  logger: Logger;
}

/** What is to be published: a day or a month, for the offices (null) or a department. */
export interface BulletinRequest {
  kind: BulletinKind;
  period: string;
  department: string | null;
}

/** Who publishes. */
export interface BulletinActor {
  id: string;
  name: string;
}

/** Begins a bulletin: it stands in the archive from now on, being made. @returns its id; `done` settles when it is made or failed. */
export async function startBulletin(
  ports: BulletinPorts,
  request: BulletinRequest,
  actor: BulletinActor,
): Promise<{ id: number; done: Promise<boolean> }> {
  const madeAt = ports.clock.now();
  const title = titleOf(request);
  const id = await ports.store.write((transaction) =>
    beginBulletin(transaction, { ...request, title, madeAt, actor: actor.id, actorName: actor.name }),
  );
  const done = make(ports, id, request, title, madeAt, actor).then(
    () => true,
    async (error: unknown) => {
      ports.logger.error({ err: error, bulletin: id }, 'A bulletin could not be made.');
      await ports.store.write((transaction) => failBulletin(transaction, id)).catch(() => undefined);
      return false;
    },
  );
  return { id, done };
}

/** 关于2026年3月行政效能监察情况的通报. */
export function titleOf({ kind, period }: Pick<BulletinRequest, 'kind' | 'period'>): string {
  return kind === 'monthly'
    ? `关于${monthInChinese(period)}行政效能监察情况的通报`
    : `行政效能监察日报（${dateInChinese(period)}）`;
}

/**
 * 1. Read the figures, within what the reader may see.
 * 2. Lay them out, in all formats.
 * 3. Number and archive it, with the row of the ledger, in one transaction.
 */
async function make(
  { store, rules: current, scoreScheme, clock }: BulletinPorts,
  id: number,
  request: BulletinRequest,
  title: string,
  madeAt: number,
  actor: BulletinActor,
): Promise<void> {
  const rules = current();
  const { calendar } = rules.book.newest;
  const { kind, period, department } = request;
  const scope = department === null ? RowScope.everything : RowScope.ofDepartments([department]);
  const told = (progress: number): Promise<void> =>
    store.write((transaction) => tellBulletinProgress(transaction, id, progress));
  let figures: object;
  let body: Block[];
  if (kind === 'monthly') {
    const month = await monthFigures(
      { from: store, rules, scoreScheme },
      { month: period, now: madeAt, scope },
      told,
    );
    [figures, body] = [month, monthBulletin(month, rules, department, madeAt)];
  } else {
    const day = dayNumberOf(period);
    const bounds = { since: calendar.startOfDay(day), until: calendar.startOfDay(day + 1) };
    const daily = await dayFigures(store, period, bounds, scope);
    [figures, body] = [daily, dayBulletin(daily, rules, department, madeAt)];
  }
  await told(70);
  const json = Buffer.from(canonicalJson(JSON.parse(JSON.stringify({ ...request, title, madeAt, figures }))));
  const xlsx = await renderXlsx(title, body);
  const year = Number(dateTextOf(calendar.dayOf(clock.now())).slice(0, 4));
  for (;;) {
    const expected = (await lastNumber(store, year)) + 1;
    const no = `通报〔${year}〕${expected}号`;
    const blocks: Block[] = [
      { kind: 'title', text: title },
      { kind: 'paragraph', text: no, align: 'right' },
      ...body,
    ];
    const files: Record<BulletinFormat, Uint8Array> = {
      html: Buffer.from(renderHtml(title, blocks)),
      docx: await renderDocx(title, blocks, madeAt),
      xlsx,
      json,
    };
    const digests = (['docx', 'html', 'json', 'xlsx'] as const).map((format) => sha256(files[format]));
    const digest = sha256(Buffer.from(digests.join('\n')));
    const isNumbered = await store
      .write(async (transaction) => {
        if ((await takeNumber(transaction, SERIES, year)) !== expected) throw new NumberTakenError();
        await finishBulletin(transaction, id, { no, digest }, files);
        await appendLedger(transaction, [
          {
            chain: 'bulletin',
            kind: 'bulletin.made',
            at: madeAt,
            actor: actor.id,
            subject: no,
            body: { kind, period, department, digest },
          },
        ]);
        return true;
      })
      .catch((error: unknown) => {
        if (error instanceof NumberTakenError) return false;
        throw error;
      });
    if (isNumbered) return;
  }
}

const SERIES = 'bulletin';

class NumberTakenError extends Error {}

async function lastNumber(store: Store, year: number): Promise<number> {
  const [row] = await store.query<{ last_number: number }>(
    'SELECT last_number FROM yearly_number WHERE series = ?',
    [`${SERIES}/${year}`],
  );
  return Number(row?.last_number ?? 0);
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
