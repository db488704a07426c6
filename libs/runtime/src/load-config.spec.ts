import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { ConfigError, loadConfig } from './load-config';
import { Settings, variableOf } from './settings';

const NO_FILE = join(tmpdir(), 'there-is-no-such-file.env');

function errorOf(environment: Record<string, string>): ConfigError {
  try {
    loadConfig(Settings, environment, NO_FILE);
  } catch (error) {
    if (error instanceof ConfigError) return error;
  }
  throw new Error('The settings were accepted.');
}

describe('the settings', () => {
  it('have a default each, so that nothing need be set', () => {
    const settings = loadConfig(Settings, {}, NO_FILE);
    expect(settings.port).toBe(8080);
    expect(settings.host).toBe('127.0.0.1');
    expect(settings.bodyLimitBytes).toBe(10_485_760);
  });

  it('are named when they are wrong, without the passwords in them', () => {
    for (const address of [
      'postgres://mingjian:hunter2@db/m',
      'postgres://mingjian:hunter2-and-a-password-that-is-longer-than-what-is-shown-of-a-value@db/m',
      'postgres://mingjian:hun@ter2/hunter2@db/m',
    ]) {
      const { message } = errorOf({ MINGJIAN_DATABASE_URL: address });
      expect(message).toContain('MINGJIAN_DATABASE_URL');
      expect(message).not.toMatch(/hunter2|ter2/);
    }
  });

  it('come from the environment, then from the file, then from the defaults', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'mingjian-')), '.env');
    writeFileSync(file, '# comment\nMINGJIAN_PORT=1111\nMINGJIAN_DATA_DIR="from the file"\n');
    const settings = loadConfig(Settings, { MINGJIAN_PORT: '2222' }, file);
    expect(settings.port).toBe(2222);
    expect(settings.dataDir).toBe('from the file');
    expect(settings.logLevel).toBe('info');
  });

  it('treat an empty variable as not set', () => {
    expect(loadConfig(Settings, { MINGJIAN_PORT: ' ' }, NO_FILE).port).toBe(8080);
  });

  it('name every variable that is wrong at once, with the expected form and exit code 78', () => {
    const error = errorOf({ MINGJIAN_PORT: 'http', MINGJIAN_LOG_LEVEL: 'loud', MINGJIAN_SWEEP_BATCH: '0' });
    expect(error.exitCode).toBe(78);
    expect(error.message).toBe(
      [
        'The settings cannot be used:',
        '  settings: MINGJIAN_PORT: expected a whole number from 0 to 65535, got "http" — Port of the page, the API and /metrics; 0 takes any free one.',
        '  settings: MINGJIAN_LOG_LEVEL: expected one of trace, debug, info, warn, error, fatal, silent, got "loud" — Least level of the log lines on standard error.',
        '  settings: MINGJIAN_SWEEP_BATCH: expected a whole number from 1 to 100000, got "0" — Most due cases that one step of the sweep judges.',
      ].join('\n'),
    );
  });

  it('refuse a misspelt variable, because it would silently do nothing', () => {
    expect(errorOf({ MINGJIAN_PROT: '80' }).message).toContain(
      'environment: MINGJIAN_PROT: expected a known setting, got MINGJIAN_PROT — did you mean MINGJIAN_PORT?',
    );
  });

  it('come from a configuration file too, which environment and .env win over', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'mingjian-')), 'mingjian.yaml');
    writeFileSync(file, 'port: 1111\nlogLevel: warn\ndataDir: from the file\n');
    const settings = loadConfig(Settings, { MINGJIAN_CONFIG: file, MINGJIAN_PORT: '2222' }, NO_FILE);
    expect(settings).toMatchObject({ port: 2222, logLevel: 'warn', dataDir: 'from the file' });
    writeFileSync(file, 'port: 1111\nprot: 2\n');
    expect(errorOf({ MINGJIAN_CONFIG: file, MINGJIAN_SWEEP_BATCH: '0' }).message).toMatch(
      /mingjian\.yaml:1: .*prot[^]*MINGJIAN_SWEEP_BATCH/,
    );
    expect(errorOf({ MINGJIAN_CONFIG: NO_FILE }).message).toContain(
      'MINGJIAN_CONFIG: expected a file that can be read',
    );
  });

  it('take a secret from a file, and refuse two answers to one question', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'mingjian-')), 'password');
    writeFileSync(file, 'secret\n');
    expect(loadConfig(Settings, { MINGJIAN_DATABASE_PASSWORD_FILE: file }, NO_FILE).databasePassword).toBe(
      'secret',
    );
    const error = errorOf({ MINGJIAN_DATABASE_PASSWORD_FILE: file, MINGJIAN_DATABASE_PASSWORD: 'other' });
    expect(error.message).toContain(
      'only one of MINGJIAN_DATABASE_PASSWORD and MINGJIAN_DATABASE_PASSWORD_FILE',
    );
    expect(error.message).not.toContain('secret');
    expect(errorOf({ MINGJIAN_DATABASE_PASSWORD_FILE: NO_FILE }).message).toContain(
      'a file that can be read',
    );
  });

  it('leave variables of others alone', () => {
    expect(loadConfig(Settings, { PORT: 'x', MINGJIAN_SOMETHING_ELSE: 'x' }, NO_FILE).port).toBe(8080);
  });
});

describe('.env.example', () => {
  const example = readFileSync(join(__dirname, '../../../.env.example'), 'utf8');
  const commented = example.replace(/^# ?(MINGJIAN_)/gm, '$1');
  const variables = Object.keys(Settings.shape).map(variableOf);

  it('documents every setting and no other', () => {
    expect(Object.keys(parseEnv(commented)).sort()).toEqual([...variables].sort());
  });

  it('says of each setting what the schema says, and gives the default', () => {
    const defaults = loadConfig(Settings, {}, NO_FILE) as Record<string, unknown>;
    for (const [name, schema] of Object.entries(Settings.shape)) {
      expect(example).toContain(`# ${schema.description}\n# ${variableOf(name)}=${String(defaults[name])}\n`);
    }
  });
});
