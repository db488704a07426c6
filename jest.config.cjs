const { paths } = require('./tsconfig.json').compilerOptions;

// The aliases are written once, in tsconfig.json.
const moduleNameMapper = Object.fromEntries(
  Object.entries(paths).map(([alias, [file]]) => [`^${alias}$`, `<rootDir>/${file}`]),
);

const swc = (parser) => [
  '@swc/jest',
  {
    jsc: {
      target: 'es2022',
      parser,
      transform: { legacyDecorator: true, decoratorMetadata: true },
    },
    module: { type: 'commonjs' },
  },
];
// Packages that are ES modules alone: Node loads them as they are, Jest's own loader has to be given them as CommonJS.
const MODULES = ['openid-client', 'oauth4webapi', 'jose'];

/** @type {import('jest').Config} */
module.exports = {
  rootDir: __dirname,
  roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/test'],
  testMatch: ['**/*.spec.ts'],
  setupFiles: ['<rootDir>/test/seeded-properties.ts'],
  moduleNameMapper,
  transform: {
    '^.+\\.ts$': swc({ syntax: 'typescript', decorators: true }),
    [`/node_modules/(${MODULES.join('|')})/.+\\.js$`]: swc({ syntax: 'ecmascript' }),
  },
  transformIgnorePatterns: [`/node_modules/(?!(${MODULES.join('|')})/)`],
  testEnvironment: 'node',
  // More than the two cores that are expected: many suites wait for engines and browsers.
  maxWorkers: 3,
  testTimeout: 60_000,
};
