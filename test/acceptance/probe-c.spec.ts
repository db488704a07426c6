import { runInProcess } from './product';
import { writeFileSync } from 'node:fs';
it('x', async () => {
  const S='samples/wabo-receipt/';
  const o = await runInProcess(['forensics','examine','--events',S+'wabo-receipt-events.csv.gz','--mapping','mappings/wabo/mapping.yaml','--ruleset',S+'ruleset-carried.yaml','--calendar',S+'calendar.yaml','--since','2010-10-01','--until','2012-02-28','--json']);
  writeFileSync('/tmp/c/wabo.json', o.out); writeFileSync('/tmp/c/wabo.err', o.err);
}, 100000);
