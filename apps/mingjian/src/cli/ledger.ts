import { createReadStream, createWriteStream, readFileSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { BadInputError } from '@mingjian/contracts';
import { chainsOf, keyIdFrom, LedgerVerifier, type LedgerReport, type SigningKey } from '@mingjian/ledger';
import type { Store } from '@mingjian/store';
import { exportLedger } from '../../../monitor/src/ledger/export-ledger';
import { openSigningKey, rotateKey } from '../../../monitor/src/ledger/ledger-keys';
import { ledgerSettingsOf, type LedgerSettings } from '../../../monitor/src/ledger/ledger-settings';
import { LedgerBrokenError, signRoot } from '../../../monitor/src/ledger/sign-root';
import { openStoreOf, settingsOf } from '../engines';
import type { Io } from './io';
import { EXIT, UsageError } from './io';
import { chosenDir, type DirOption } from './source';

export type LedgerOptions = DirOption & { from?: string; to?: string; out?: string; actor?: string };
export type LedgerVerifyOptions = { key?: string; head?: string; json?: boolean };

/** `mingjian ledger root`: holds what is stored against its hashes and signs a root over it. */
export function ledgerRoot(options: LedgerOptions, io: Io): Promise<number> {
  return withKey(options, io, async (store, key) => {
    const row = await signRoot(store, key, io.now());
    if (row === null) throw new UsageError('another process signs at this moment; try again');
    const at = new Date(row.at).toISOString();
    const chains = chainsOf(row).map(({ chain, last }) => ({ chain, rows: last }));
    await io.out(
      options.json
        ? `${JSON.stringify({ root: row.hash, seq: row.seq, at, key: key.id, chains })}\n`
        : `root   ${row.hash}\nat     ${at}\nkey    ${key.id}\nover   ${chains.length} chains, ${chains.reduce((sum, { rows }) => sum + rows, 0)} rows\n`,
    );
    return EXIT.done;
  });
}

/** `mingjian ledger rotate`: a new key, for which the old one vouches. */
export function ledgerRotate(options: LedgerOptions, io: Io): Promise<number> {
  return withKey(options, io, async (store, key, { keyFile }) => {
    const next = await rotateKey(store, keyFile, key, options.actor ?? 'command-line', io.now());
    await io.out(
      options.json
        ? `${JSON.stringify({ previous: key.id, key: next.id, file: keyFile })}\n`
        : `key    ${next.id}\nbefore ${key.id}\nHand the new public key over; copy ${keyFile} to the other monitors.\n`,
    );
    return EXIT.done;
  });
}

/** `mingjian ledger export`: a part of the ledger between two roots, as NDJSON packed with gzip. */
export function ledgerExport(options: LedgerOptions, io: Io): Promise<number> {
  const { out, to } = options;
  if (out === undefined) throw new UsageError('ledger export needs --out FILE');
  const period = { from: instant(options.from, '--from'), to: instant(to, '--to') };
  return withKey(options, io, async (store, key) => {
    const now = io.now();
    // Up to now means up to now: what is under no root yet is signed first.
    if (period.to === null || period.to >= now) await signRoot(store, key, now);
    let rows = -2;
    const lines = async function* (): AsyncGenerator<string> {
      for await (const line of exportLedger(store, period, key, now)) {
        rows++;
        yield line;
      }
    };
    // Whole or not at all: a file that was cut off must not look like an export.
    const unfinished = `${out}.part`;
    try {
      await pipeline(Readable.from(lines()), createGzip(), createWriteStream(unfinished));
      await rename(unfinished, out);
    } catch (error) {
      await rm(unfinished, { force: true });
      throw error;
    }
    await io.out(
      options.json
        ? `${JSON.stringify({ file: out, rows, key: key.id })}\n`
        : `${out}: ${rows} rows, signed by ${key.id}\n`,
    );
    return EXIT.done;
  });
}

/** `mingjian ledger verify`: with nothing but the file. Exit code 1 where anything was changed. */
export async function ledgerVerify(file: string, options: LedgerVerifyOptions, io: Io): Promise<number> {
  const verifier = new LedgerVerifier(options.key === undefined ? null : givenKey(options.key));
  try {
    for await (const line of linesOf(file)) if (!verifier.take(line)) break;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'EACCES' || code === 'EISDIR')
      throw new BadInputError([
        { place: file, field: '', expected: 'a file that can be read', got: code, hint: '' },
      ]);
    verifier.broken('the file is damaged or cut off: it cannot be unpacked');
  }
  const report = verifier.end();
  if (report.problem === null && options.head !== undefined && options.head !== report.head)
    report.problem = {
      line: report.rows + 2,
      chain: null,
      seq: null,
      what: `the last root is ${report.head}, not ${options.head}`,
    };
  await io.out(options.json ? `${JSON.stringify(report)}\n` : reportText(report, options.key !== undefined));
  return report.problem === null ? EXIT.done : EXIT.findings;
}

/** The lines of a packed file, without their ends. @throws where the file cannot be read or unpacked to its end. */
async function* linesOf(file: string): AsyncGenerator<string> {
  const source = createReadStream(file);
  const unpacked = createGunzip();
  source.on('error', (error) => unpacked.destroy(error));
  source.pipe(unpacked);
  try {
    let rest = '';
    for await (const text of unpacked.setEncoding('utf8')) {
      const lines = (rest + String(text)).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
    if (rest !== '') yield rest;
  } finally {
    source.destroy();
    unpacked.destroy();
  }
}

function reportText(
  { problem, rows, roots, chains, keys, head, from, to }: LedgerReport,
  pinned: boolean,
): string {
  const key = keys[keys.length - 1] ?? '-';
  if (problem !== null) {
    const row = problem.chain === null ? '' : `, row ${problem.seq} of chain ${problem.chain}`;
    return `NOT GOOD  line ${problem.line}${row}: ${problem.what}\n${rows} rows before it are good\n`;
  }
  return (
    `good   ${rows} rows of ${chains} chains under ${roots} roots, ${from} to ${to}\n` +
    `root   ${head}\nkey    ${key}\n` +
    (pinned ? '' : 'Compare the key with the one that was handed to you, or give it with --key.\n')
  );
}

/** The id of the key that a command was given. @throws UsageError where it is none. */
export function givenKey(text: string): string {
  try {
    return keyIdFrom(text);
  } catch {
    try {
      return keyIdFrom(readFileSync(text, 'utf8'));
    } catch {
      throw new UsageError('--key takes a public key file (PEM), a public key in base64, or its id');
    }
  }
}

function instant(text: string | undefined, option: string): number | null {
  if (text === undefined) return null;
  // A date alone is its beginning in UTC for --from, its end for --to.
  const isDate = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const ms = Date.parse(isDate && option === '--to' ? `${text}T23:59:59.999Z` : text);
  if (Number.isNaN(ms)) throw new UsageError(`${option} takes a date or an RFC 3339 time, not ${text}`);
  return ms;
}

async function withKey(
  options: LedgerOptions,
  io: Io,
  work: (store: Store, key: SigningKey, settings: LedgerSettings) => Promise<number>,
): Promise<number> {
  const processSettings = settingsOf('live');
  const dir = chosenDir(options);
  const ledger = ledgerSettingsOf(processSettings.settings, dir.dir);
  const store = await openStoreOf(processSettings, dir);
  try {
    const key = await openSigningKey(store, ledger.keyFile, ledger.algorithm, io.now());
    if (key === null)
      throw new BadInputError([
        {
          place: ledger.keyFile,
          field: '',
          expected: 'the private key in force',
          got: 'no key, or another one',
          hint: 'run the command on the host whose daemon signs, or name its file with MINGJIAN_LEDGER_KEY_FILE',
        },
      ]);
    return await work(store, key, ledger);
  } catch (error) {
    if (!(error instanceof LedgerBrokenError)) throw error;
    await io.out(
      options.json ? `${JSON.stringify({ broken: error.message })}\n` : `NOT GOOD  ${error.message}\n`,
    );
    return EXIT.findings;
  } finally {
    await store.close();
  }
}
