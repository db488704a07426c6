import { mkdirSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '@mingjian/runtime';
import { TestClock } from '../../../../libs/runtime/src/testing/test-clock';
import { FileSourceRegistry } from './file-source-registry';

const HOUSING = 'urn:dept:420684:housing';

function setup() {
  const file = join(mkdtempSync(join(tmpdir(), 'mingjian-sources-')), 'data', 'sources.json');
  const lines: string[] = [];
  const sink = { write: (line: string) => lines.push(line) };
  const registry = new FileSourceRegistry(file, createLogger({ level: 'info', json: true, sink }));
  return { file, lines, registry };
}

describe('the sources', () => {
  it('are none at first', () => {
    expect(setup().registry.list()).toEqual([]);
    expect(setup().registry.find('')).toBeNull();
  });

  it('are found by their key, which is kept nowhere', () => {
    const { file, registry } = setup();
    const key = registry.addSource(HOUSING, 'housing');
    const other = registry.addSource('urn:dept:420684:tax', 'tax');
    expect(registry.find(key)).toMatchObject({ name: HOUSING, department: 'housing' });
    expect(registry.find(other)).toMatchObject({ department: 'tax' });
    expect(registry.find(`${key}x`)).toBeNull();
    expect(readFileSync(file, 'utf8')).not.toContain(key);
    expect(Buffer.from(key.slice(3), 'base64url')).toHaveLength(32);
  });

  it('stand in a file that its owner alone can read', () => {
    const { file, registry } = setup();
    registry.addSource(HOUSING, 'housing');
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('follow what another process writes', () => {
    const { file, registry } = setup();
    const key = registry.addSource(HOUSING, 'housing');
    const other = new FileSourceRegistry(file);
    const renewed = other.rotateKey(HOUSING);
    expect(registry.find(key)).toBeNull();
    expect(registry.find(renewed)).not.toBeNull();
    other.removeSource(HOUSING);
    expect(registry.find(renewed)).toBeNull();
  });

  it('say when each key was last used, so that a former one is ended when nobody uses it any more', () => {
    const { file } = setup();
    const clock = new TestClock(Date.parse('2026-09-14T10:00:00+08:00'));
    const registry = new FileSourceRegistry(file, null, clock);
    const first = registry.addSource(HOUSING, 'housing');
    const keys = () => {
      // As the command line reads it: another process.
      const other = new FileSourceRegistry(file, null, clock);
      return other.keysOf(other.list()[0]!);
    };
    expect(keys()).toEqual([{ until: null, lastUsedAt: null }]);
    registry.find(first);
    const second = registry.rotateKey(HOUSING, 86_400_000);
    const until = '2026-09-15T02:00:00.000Z';
    expect(keys()).toEqual([
      { until: null, lastUsedAt: null },
      { until, lastUsedAt: '2026-09-14T02:00:00.000Z' },
    ]);
    clock.moveTo(clock.now() + 59_999);
    registry.find(first);
    expect(keys()[1]).toEqual({ until, lastUsedAt: '2026-09-14T02:00:00.000Z' });
    clock.moveTo(clock.now() + 1);
    registry.find(first);
    registry.find(second);
    registry.find('mj_nobody');
    expect(keys().map(({ lastUsedAt }) => lastUsedAt)).toEqual([
      '2026-09-14T02:01:00.000Z',
      '2026-09-14T02:01:00.000Z',
    ]);
    new FileSourceRegistry(file).revokeFormerKey(HOUSING);
    expect([registry.find(first), registry.find(second)?.name]).toEqual([null, HOUSING]);
    expect(keys()).toHaveLength(1);
  });

  it('let events in where the use of a key cannot be noted', () => {
    const { file, registry } = setup();
    const key = registry.addSource(HOUSING, 'housing');
    mkdirSync(file.replace('.json', '-used.json'));
    expect(registry.find(key)).toMatchObject({ name: HOUSING });
  });

  it('have two keys while one takes the place of the other, for as long as was said', () => {
    const { file } = setup();
    const clock = new TestClock(Date.parse('2026-09-14T10:00:00+08:00'));
    const registry = new FileSourceRegistry(file, null, clock);
    const [first, other] = [registry.addSource(HOUSING, 'housing'), registry.addSource('urn:dept:x', 'x')];
    const second = registry.rotateKey(HOUSING, 3_600_000);
    const names = (...keys: string[]) => keys.map((key) => registry.find(key)?.name ?? null);
    expect(names(first, second, other)).toEqual([HOUSING, HOUSING, 'urn:dept:x']);
    clock.moveTo(clock.now() + 3_599_999);
    expect(names(first, second)).toEqual([HOUSING, HOUSING]);
    clock.moveTo(clock.now() + 1);
    expect(names(first, second)).toEqual([null, HOUSING]);
    const third = registry.rotateKey(HOUSING, 3_600_000);
    // A third within the time of two: only the last two are good.
    const fourth = registry.rotateKey(HOUSING, 3_600_000);
    expect(names(second, third, fourth)).toEqual([null, HOUSING, HOUSING]);
    // A key that leaked ends at once, and the one before it too.
    const fifth = registry.rotateKey(HOUSING);
    expect(names(third, fourth, fifth)).toEqual([null, null, HOUSING]);
    expect(readFileSync(file, 'utf8')).not.toContain('formerKey');
  });

  it('stay as they were when the file turns bad, and the log says why', () => {
    const { file, lines, registry } = setup();
    const key = registry.addSource(HOUSING, 'housing');
    writeFileSync(file, '{"sources": [{"name": "housing"}]}');
    expect(registry.find(key)).toMatchObject({ name: HOUSING });
    registry.find(key);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('the last ones stay');
  });

  it('refuse a file that is bad from the start, with the line of every fault', () => {
    const { file, registry } = setup();
    registry.addSource(HOUSING, 'housing');
    writeFileSync(file, '{"sources": [\n  {"name": "housing", "department": "x", "keyHash": "secret"}\n]}');
    expect(() => new FileSourceRegistry(file)).toThrow(
      `${file}:2: sources.0.name: expected a URN, got "housing" — write it like urn:dept:420684:housing`,
    );
  });

  it('refuse a name that is no URN, one that is taken, and one that nobody has', () => {
    const { registry } = setup();
    expect(() => registry.addSource('housing', 'housing')).toThrow(
      'source: name: expected a URN, got "housing" — write it like urn:dept:420684:housing',
    );
    registry.addSource(HOUSING, 'housing');
    expect(() => registry.addSource(HOUSING, 'housing')).toThrow('expected a name that is not taken');
    expect(() => registry.rotateKey('urn:dept:x')).toThrow(`expected one of ${HOUSING}, got urn:dept:x`);
    expect(() => registry.removeSource('urn:dept:x')).toThrow(`expected one of ${HOUSING}`);
  });
});
