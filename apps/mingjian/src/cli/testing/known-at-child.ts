import { dirname } from 'node:path';
import { openStore } from '@mingjian/store';
import { loadRuleBook } from '../../../../monitor/src/rulebook/load-rule-book';
import { reportKnownAt } from '../report-known-at';

/** A report of then out of the store of a folder that tells where its store of then lies, and takes for ever, until a signal ends it. */
async function main(): Promise<void> {
  const [dir = '', knownAt = '', now = ''] = process.argv.slice(2);
  const rules = await loadRuleBook({ rulesets: `${dir}/rulesets`, calendars: `${dir}/calendar.yaml` });
  const store = await openStore({ file: `${dir}/store.db` });
  const site = { store, rules, scoreScheme: '', now: Number(now) };
  const make = async ({ store: then }: typeof site): Promise<never> => {
    process.stdout.write(`${dirname(then.reader.options.database as string)}\n`);
    for (;;) await new Promise((resolve) => setTimeout(resolve, 1_000));
  };
  const io = {
    stdin: process.stdin,
    out: () => Promise.resolve(),
    err: () => undefined,
    now: () => site.now,
  };
  const plan = () => ({ months: [], hasScores: false, make: make as never });
  await reportKnownAt(site, plan, { knownAt }, io);
}

void main();
