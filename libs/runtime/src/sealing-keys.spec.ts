import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { SealingKeys } from './sealing-keys';

describe('sealing keys', () => {
  let dir: string;
  let file: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'mingjian-seal-'));
    file = join(dir, 'keys', 'sealing-keys.json');
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  it('are made once, readable by their owner only', () => {
    const sealed = SealingKeys.open(file).seal('420684199001011234', 'complaint/1/id');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(SealingKeys.open(file).open(sealed, 'complaint/1/id')).toBe('420684199001011234');
    expect(sealed).not.toContain('4206');
  });

  it('refuse a file that others may read', () => {
    SealingKeys.open(file);
    chmodSync(file, 0o644);
    expect(() => SealingKeys.open(file)).toThrow(/only its owner may read.*644/);
  });

  it('name what is wrong in a damaged file, and show no key of it', () => {
    SealingKeys.open(file);
    const text = readFileSync(file, 'utf8');
    const key = (JSON.parse(text) as { keys: { key: string }[] }).keys[0]!.key;
    writeFileSync(file, text.replace(key, key.slice(0, -8)));
    const open = (): unknown => SealingKeys.open(file);
    expect(open).toThrow(/32 bytes in base64/);
    expect(messageOf(open)).not.toContain(key.slice(0, 20));
  });

  it('seal the same text differently each time', () => {
    const keys = SealingKeys.open(file);
    expect(keys.seal('a', 'p')).not.toBe(keys.seal('a', 'p'));
  });

  it('open any text again, in its place only', () => {
    const keys = SealingKeys.open(file);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (text, place) => {
        const sealed = keys.seal(text, place);
        expect(keys.open(sealed, place)).toBe(text);
        expect(() => keys.open(sealed, `${place}/other`)).toThrow(/does not open/);
      }),
      { numRuns: 200 },
    );
  });

  it('open nothing of which a bit was changed', () => {
    const keys = SealingKeys.open(file);
    const [form, id, value] = keys.seal('secret', 'p').split('.');
    const bytes = Buffer.from(value!, 'base64url');
    for (let i = 0; i < bytes.length; i++) {
      const changed = Buffer.from(bytes);
      changed[i]! ^= 1;
      expect(() => keys.open([form, id, changed.toString('base64url')].join('.'), 'p')).toThrow(
        /does not open/,
      );
    }
  });

  it('rotate while others run: what either sealed opens for both', () => {
    const running = SealingKeys.open(file);
    const before = running.seal('before', 'p');
    const rotated = SealingKeys.rotate(file);
    const after = rotated.seal('after', 'p');
    expect(rotated.open(before, 'p')).toBe('before');
    expect(running.open(after, 'p')).toBe('after');
    const anew = rotated.sealAnew(before, 'p');
    expect(rotated.open(anew!, 'p')).toBe('before');
    expect(rotated.sealAnew(anew!, 'p')).toBeNull();
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('say that a key is missing, not what it sealed', () => {
    const foreign = SealingKeys.open(join(dir, 'other.json')).seal('secret', 'p');
    expect(() => SealingKeys.open(file).open(foreign, 'account/1/totp')).toThrow(
      'what stands at account/1/totp was sealed by a key that is not in the key file',
    );
  });
});

function messageOf(work: () => unknown): string {
  try {
    work();
    return '';
  } catch (error) {
    return String(error);
  }
}
