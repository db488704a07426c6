// `npm run dashboards`: writes the Grafana dashboards from their TypeScript. The packages that it needs are for
// development; nothing of it is in a build.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { transformFileSync } from '@swc/core';
import { ROOT } from './set-up.mjs';

const require = createRequire(import.meta.url);
// Only our own sources end so.
require.extensions['.ts'] = (module, file) =>
  module._compile(
    transformFileSync(file, {
      jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
      module: { type: 'commonjs' },
    }).code,
    file,
  );
require(join(ROOT, 'dashboards/generate.ts'));
