import { basename } from 'node:path';
import {
  type Acceptance,
  type MappedRecord,
  type Mapping,
  mapRecord,
  readRecords,
  refuseMalformed,
  type RememberedRow,
  Repeats,
  type SourceRecord,
} from '@mingjian/mapping';
import { JoinMemory } from '../file/join-memory';
import { releaseReady } from '../file/release-ready';
import type { FeedSession } from '../run/feed';
import type { FolderPorts } from './folder-ports';
import type { Reject } from './reject-file';

export interface Dropped {
  path: string;
  mapping: Mapping;
  /** Most records of a step. */
  batch: number;
  /** Records at the beginning that were brought in before. */
  skip: number;
}

/** Some records of a file, and what they mean. */
export interface DroppedStep {
  records: number;
  acceptances: Acceptance[];
  rejects: Reject[];
  isLast: boolean;
}

/**
 * What the records of a file mean, step by step; the last step may be empty. Where rows are joined the file is read twice.
 * @throws BadInputError when the file as a whole cannot be used.
 */
export async function* readDropped(
  dropped: Dropped,
  session: FeedSession,
  ports: FolderPorts,
): AsyncGenerator<DroppedStep> {
  const { path, mapping, batch, skip } = dropped;
  const { joinFile, publisher } = ports;
  const memory = mapping.hasJoins ? new JoinMemory(joinFile ?? ':memory:', mapping) : null;
  const repeats = new Repeats();
  let seen = 0;
  let step = emptyStep();
  try {
    if (memory !== null) {
      await rememberRows(dropped, memory);
      await releaseReady(memory, publisher, { ...ports, mapping });
    }
    for await (const record of readRecords(path, mapping)) {
      if (seen++ < skip) continue;
      take(record);
      if (step.records < batch) continue;
      yield step;
      step = emptyStep();
    }
    yield { ...step, isLast: true };
  } finally {
    memory?.close();
  }

  function take(record: SourceRecord): void {
    step.records++;
    for (const { acceptance, once, waitsFor } of decide(record)) {
      if (acceptance.ok && once && repeats.isRepeat(acceptance.event)) continue;
      if (!acceptance.ok) {
        const { quarantine } = acceptance;
        // Before it is published: after a crash one that waits twice does no harm, one that nobody remembers does.
        if (waitsFor !== null) memory?.keepWaiting([{ quarantine, raw: record.raw, waitsFor }]);
        step.rejects.push({ line: record.line, quarantine });
      }
      step.acceptances.push(acceptance);
    }
  }

  function decide(record: SourceRecord): MappedRecord[] {
    const context = session.context(record.raw, `${basename(path)}${record.suffix}`);
    if (record.ok) return mapRecord(record.value, mapping, context, memory);
    const problem = { ...record.problem, place: context.place };
    return [{ acceptance: refuseMalformed(problem, context), once: false, rule: null, waitsFor: null }];
  }
}

function emptyStep(): DroppedStep {
  return { records: 0, acceptances: [], rejects: [], isLast: false };
}

/** Rows that others of this or a later file are joined to. */
async function rememberRows({ path, mapping, batch }: Dropped, memory: JoinMemory): Promise<void> {
  let rows: RememberedRow[] = [];
  for await (const record of readRecords(path, mapping)) {
    const row = record.ok ? mapping.toRemember(record.value) : null;
    if (row !== null) rows.push(row);
    if (rows.length < batch) continue;
    memory.remember(rows);
    rows = [];
  }
  memory.remember(rows);
}
