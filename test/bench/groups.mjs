import { dueInstant } from './due-instant.mjs';
import { judgeOneCase } from './judge-case.mjs';
import { rejudgeMillion } from './rejudge-million.mjs';

/** What can be run by itself. Engines are started only for the groups that need them. */
export const GROUPS = {
  rules: async ({ isQuick, add }) => {
    add(dueInstant(isQuick));
    add(judgeOneCase(isQuick));
    add(rejudgeMillion(isQuick));
  },
  pipeline: (context) =>
    onEngines(context, [
      ['throughput', './throughput.mjs'],
      ['ledger', './ledger-overhead.mjs'],
      ['latency', './latency.mjs'],
      ['twoMonitors', './two-monitors.mjs'],
      ['collector', './collector.mjs'],
      ['firstLight', './first-light.mjs'],
    ]),
  feeds: (context) => onEngines(context, [['feeds', './feeds.mjs']]),
  scale: (context) => onEngines(context, [['million', './million.mjs']]),
};

/** Each row is a file with a function of its name. */
async function onEngines({ isQuick, only, profile, engines, add }, rows) {
  const { openRig } = await import('./lib/rig.mjs');
  const rig = await openRig();
  Object.assign(engines, rig.versions, { settings: rig.settings });
  try {
    for (const [name, file] of rows) {
      if (only !== null && only !== name) continue;
      add(await (await import(file))[name](rig, isQuick, profile));
    }
  } finally {
    await rig.close();
  }
}
