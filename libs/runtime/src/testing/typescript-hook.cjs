// Lets a child process of a test run TypeScript sources: `node -r typescript-hook.cjs child.ts`.
// Tests that kill a process need a real one, and the suite must not depend on an earlier build.
const { readFileSync } = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const { transformSync } = require('@swc/core');

const root = path.join(__dirname, '../../../..');
const { paths } = require(path.join(root, 'tsconfig.json')).compilerOptions;

const resolveFilename = Module._resolveFilename;
Module._resolveFilename = function (request, ...rest) {
  const [target] = paths[request] ?? [];
  return resolveFilename.call(this, target === undefined ? request : path.join(root, target), ...rest);
};

require.extensions['.ts'] = (module, filename) => {
  const { code } = transformSync(readFileSync(filename, 'utf8'), {
    filename,
    jsc: {
      target: 'es2022',
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true },
    },
    module: { type: 'commonjs' },
  });
  module._compile(code, filename);
};
