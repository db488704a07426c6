import fc from 'fast-check';
import { canonicalText, digestOf, hashOfRow, lineOfRow, NO_HASH, rowOfLine, type LedgerRow } from './index';

const row = (over: Partial<LedgerRow> = {}): LedgerRow => {
  const unhashed = {
    chain: 'orders',
    seq: 1,
    alg: 'sha256' as const,
    at: Date.parse('2026-09-14T02:00:00.123Z'),
    kind: 'order.issued',
    actor: 'inspector-1',
    subject: '督办〔2026〕1号',
    bodyText: canonicalText({ due: '2026-09-21', light: 'red' }),
    prev: NO_HASH,
    ...over,
  };
  return { ...unhashed, hash: hashOfRow(unhashed), ...over };
};

describe('canonical text', () => {
  it('is what RFC 8785 gives for its own example', () => {
    // Section 3.2.3 and the numbers of 3.2.2.
    expect(
      canonicalText({
        '\u20ac': 'Euro Sign',
        '\r': 'Carriage Return',
        '\ufb33': 'Hebrew Letter Dalet With Dagesh',
        '1': 'One',
        '\ud83d\ude00': 'Emoji: Grinning Face',
        '\u0080': 'Control',
        '\u00f6': 'Latin Small Letter O With Diaeresis',
      }),
    ).toBe(
      '{"\\r":"Carriage Return","1":"One","\u0080":"Control","ö":"Latin Small Letter O With Diaeresis",' +
        '"€":"Euro Sign","😀":"Emoji: Grinning Face","\ufb33":"Hebrew Letter Dalet With Dagesh"}',
    );
    expect(canonicalText([Number('333333333.33333329'), 1e30, 4.5, 2e-3, 1e-27, null, true, false])).toBe(
      '[333333333.3333333,1e+30,4.5,0.002,1e-27,null,true,false]',
    );
  });

  it('says the same of a value in whatever order its members were written', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const backwards = Object.fromEntries(Object.entries(value).reverse());
        const text = canonicalText(value);
        expect(canonicalText(backwards)).toBe(text);
        expect(canonicalText(JSON.parse(text))).toBe(text);
      }),
    );
  });

  it('replaces half a surrogate pair, which UTF-8 cannot say, and refuses what JSON would lose', () => {
    expect(canonicalText('a\ud800b')).toBe('"a\ufffdb"');
    for (const value of [NaN, Infinity, 1n, new Date(0), new Map(), () => 1, undefined])
      expect(() => canonicalText(value)).toThrow(TypeError);
  });
});

describe('a row', () => {
  it('is written as the canonical text of its members', () => {
    const one = row();
    const { bodyText, ...rest } = one;
    const general = canonicalText({
      ...rest,
      at: new Date(one.at).toISOString(),
      body: JSON.parse(bodyText) as unknown,
    });
    expect(lineOfRow(one)).toBe(general);
    expect(rowOfLine(general, JSON.parse(general) as Record<string, unknown>)).toEqual(one);
  });

  it('has the hash of that text without the member hash, by either algorithm', () => {
    for (const alg of ['sha256', 'sm3'] as const) {
      const one = row({ alg });
      const members = JSON.parse(lineOfRow(one)) as Record<string, unknown>;
      delete members['hash'];
      expect(one.hash).toBe(digestOf(alg, canonicalText(members)));
    }
  });

  it('knows the digests of the standards for "abc"', () => {
    expect(digestOf('sha256', 'abc')).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
    expect(digestOf('sm3', 'abc')).toBe('66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0');
  });

  it('is not read from a line that is written in any other way', () => {
    const line = lineOfRow(row());
    for (const other of [line.replace('{', '{ '), line.replace('"seq":1', '"seq":1,"seq":1'), `${line} `])
      expect(rowOfLine(other, JSON.parse(other) as Record<string, unknown>)).toBeNull();
  });
});
