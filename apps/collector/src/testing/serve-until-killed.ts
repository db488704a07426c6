import { join } from 'node:path';
import { Settings } from '@mingjian/runtime';
import { startCollector } from '../collector-process';
import { FileSourceRegistry } from '../source/file-source-registry';

// A collector process of its own: says its address and a key, and serves until it is killed.
const [dataDir = ''] = process.argv.slice(2);
const key = new FileSourceRegistry(join(dataDir, 'sources.json')).addSource('urn:dept:1:test', 'test');
void startCollector(
  { settings: Settings.parse({ dataDir, port: 0, logLevel: 'error' }), kafka: null },
  (code) => process.exit(code),
).then(({ url }) => process.stdout.write(`${url}\n${key}\n`));
