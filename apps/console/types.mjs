// Writes the types of the API from docs/openapi.json, or from another document that is named: what the type checker holds
// the console's calls against.
import { readFileSync, writeFileSync } from 'node:fs';
import openapiTS, { astToString } from 'openapi-typescript';

const document = JSON.parse(
  readFileSync(process.argv[2] ?? new URL('../../docs/openapi.json', import.meta.url), 'utf8'),
);
const types = astToString(await openapiTS(document));
writeFileSync(new URL('src/api/schema.d.ts', import.meta.url), types);
