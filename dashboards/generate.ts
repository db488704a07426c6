import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BOARDS, jsonOf } from './boards';

/** Writes every dashboard to dashboards/json, and removes what no dashboard is written to any more. */
const FOLDER = join(__dirname, 'json');
for (const name of Object.keys(BOARDS)) writeFileSync(join(FOLDER, `${name}.json`), jsonOf(name));
for (const file of readdirSync(FOLDER))
  if (!(file.replace(/\.json$/, '') in BOARDS)) rmSync(join(FOLDER, file));
