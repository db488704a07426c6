// `npm run generate`: writes what is derived from the code — the working calendar of mainland China, JSON Schemas of the
// contracts, and the OpenAPI document. With --check it writes nothing and fails when a committed file has fallen behind.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT, run } from './set-up.mjs';

const require = createRequire(import.meta.url);
const isCheck = process.argv.includes('--check');
const behind = [];

function put(file, text) {
  const path = join(ROOT, file);
  if (existsSync(path) && readFileSync(path, 'utf8') === text) return;
  if (isCheck) behind.push(file);
  else writeFileSync(path, text);
}

/** The document that a running daemon serves: nothing that could differ from it. */
async function openApi() {
  const data = mkdtempSync(join(tmpdir(), 'mingjian-generate-'));
  const daemon = spawn(
    process.execPath,
    [join(ROOT, 'dist/apps/mingjian/src/main.js'), 'start', '--no-demo'],
    {
      cwd: ROOT,
      env: { ...process.env, MINGJIAN_DATA_DIR: data, MINGJIAN_PORT: '0', MINGJIAN_LOG_LEVEL: 'error' },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  try {
    const url = await new Promise((resolve, reject) => {
      let text = '';
      daemon.stdout.on('data', (chunk) => {
        text += chunk;
        const match = /http:\/\/[\w.]+:\d+/.exec(text);
        if (match) resolve(match[0]);
      });
      daemon.on('exit', (code) => reject(new Error(`the daemon ended with ${code} before it listened`)));
    });
    return await (await fetch(`${url}/docs-json`)).json();
  } finally {
    daemon.kill('SIGTERM');
    await new Promise((resolve) => (daemon.exitCode === null ? daemon.once('exit', resolve) : resolve()));
    rmSync(data, { recursive: true, force: true });
  }
}

const { z } = require('zod');
const contracts = require('../dist/libs/contracts/src');
for (const [file, schema] of Object.entries({
  'docs/step-event.schema.json': contracts.StepEvent,
  'docs/ruleset.schema.json': contracts.RulesetDocument,
  'docs/calendar.schema.json': contracts.CalendarDocument,
  'docs/light-message.schema.json': contracts.LightMessage,
  'docs/recipients.schema.json': contracts.RecipientsDocument,
  'docs/sign-in.schema.json': contracts.SignInDocument,
}))
  put(file, `${JSON.stringify(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }), null, 2)}\n`);
put('docs/openapi.json', `${JSON.stringify(await openApi(), null, 2)}\n`);
// The calendar's generator writes by itself; its own test holds the file against it.
if (!isCheck) run(process.execPath, [join(ROOT, 'scripts/generate-cn-calendar.mjs')]);

if (behind.length > 0) {
  console.error(`behind the code: ${behind.join(', ')}; run npm run generate and commit`);
  process.exit(1);
}
