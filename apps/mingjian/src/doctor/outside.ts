import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname, resolve } from 'node:path';
import type { ChannelDocument } from '@mingjian/contracts';
import type { ProcessSettings } from '@mingjian/log';
import { SystemClock } from '@mingjian/runtime';
import { listFeedStates } from '@mingjian/store';
import { feedsInUse, loadFeeds } from '../../../collector/src';
import { openChannels } from '../../../monitor/src/notify/channels/open-channels';
import { lintRecipients } from '../../../monitor/src/drafts/recipients/lint-recipients';
import { readRecipients } from '../../../monitor/src/notify/notify-site-keeper';
import { approvedDocuments } from '../../../monitor/src/rulebook/approved-documents';
import { loadRuleBook } from '../../../monitor/src/rulebook/load-rule-book';
import type { DataDir } from '../daemon/data-dir';
import type { Approved } from './approved-rows';
import { check, Unwell, type Check } from './check';
import { readRows } from './reader';

const PATIENCE_MS = 5_000;

/** The documents of feeds with the mappings that hold for them, and what their collectors last said of them. */
export async function feeds(process: ProcessSettings, dir: DataDir, approved: Approved): Promise<Check[]> {
  const { settings } = process;
  if (settings.feeds === '') return [];
  let names: string[] = [];
  const documents = await check('feeds', 'correct the documents named', () => {
    const loaded = loadFeeds(settings.feeds);
    names = loaded.map(({ document }) => document.feed);
    // What was approved is not known: a feed that has nothing else cannot be judged.
    if (approved.told === '') feedsInUse(loaded, approved.rows);
    return `${settings.feeds}: ${names.join(', ') || 'none'}${approved.told}`;
  });
  const states = await readRows(process, dir, 'feed_state', listFeedStates).catch(() => null);
  const told = (states ?? []).filter(({ feed }) => names.includes(feed));
  return [
    documents,
    ...(await Promise.all(
      told.map(({ feed, failures, lastError, paused }) =>
        check(`feed ${feed}`, '', () => {
          if (Number(failures) > 0)
            throw new Unwell(
              `failed ${failures} times in a row: ${lastError}`,
              `bin/mingjian feed show ${feed} says when it is tried again`,
            );
          return paused ? 'paused, as somebody asked' : 'reads';
        }),
      ),
    )),
  ];
}

/** The recipients that hold, the secrets they name, and whether the gateways can be reached. Sends nothing. */
export async function channels(
  { settings }: ProcessSettings,
  { rows, told }: Approved,
  now: number,
): Promise<Check[]> {
  const file = settings.recipients;
  if (file === '') return [];
  let named: [string, ChannelDocument][] = [];
  const document = await check(
    'recipients',
    'correct the document named; docs/notifications.md',
    async () => {
      const paths = { rulesets: settings.rulesets, calendars: settings.calendars };
      const { book, calendars } = await loadRuleBook(paths, approvedDocuments(rows));
      const { parsed: read, document: held } = await readRecipients(file, calendars.keys(), rows);
      const findings = lintRecipients(read, book, calendars, now).filter(
        ({ severity }) => severity !== 'notice',
      ).length;
      const opened = await openChannels(read, file, new SystemClock());
      for (const channel of opened.values()) channel.close();
      named = Object.entries(read.channels);
      const from = held.approved === null ? file : `draft ${held.approved}, approved in place of ${file}`;
      return `${from}: ${Object.keys(read.people).length} people, ${named.length} channels, ${findings} lint findings${told}`;
    },
  );
  return [
    document,
    ...(await Promise.all(
      named.map(([name, channel]) =>
        check(
          `channel ${name}`,
          'start the gateway, or open the way to it; messages wait meanwhile',
          async () => {
            const { host, port } = targetOf(channel, file);
            await reach(host, port);
            return `${channel.kind} at ${host}:${port} answers`;
          },
        ),
      ),
    )),
  ];
}

/** Where a channel sends to; of an address that is a secret only host and port are told. */
function targetOf(channel: ChannelDocument, file: string): { host: string; port: number } {
  if (channel.kind === 'mail') return { host: channel.host, port: channel.port };
  const url = new URL(
    'urlFile' in channel ? readFileSync(resolve(dirname(file), channel.urlFile), 'utf8').trim() : channel.url,
  );
  const usual = url.protocol === 'https:' ? 443 : 80;
  return { host: url.hostname.replace(/^\[|\]$/g, ''), port: url.port === '' ? usual : Number(url.port) };
}

function reach(host: string, port: number): Promise<void> {
  return new Promise((done, reject) => {
    const socket = connect({ host, port, timeout: PATIENCE_MS });
    socket.once('connect', () => {
      socket.destroy();
      done();
    });
    socket.once('timeout', () => {
      socket.destroy();
      reject(new Error(`${host}:${port} does not answer`));
    });
    socket.once('error', reject);
  });
}
