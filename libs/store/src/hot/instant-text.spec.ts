import fc from 'fast-check';
import { instantOf, instantText } from './instant-text';

const FIRST = Date.UTC(1000, 0, 1);
const LAST = Date.UTC(9998, 11, 31, 23, 59, 59, 999);

describe('the text of an instant', () => {
  it('is that of the ISO form, with a space between date and time and no zone', () => {
    fc.assert(
      fc.property(fc.integer({ min: FIRST, max: LAST }), (ms) => {
        expect(instantText(ms)).toBe(new Date(ms).toISOString().replace('T', ' ').replace('Z', ''));
      }),
    );
  });

  it('is read back as the same instant', () => {
    fc.assert(fc.property(fc.integer({ min: FIRST, max: LAST }), (ms) => instantOf(instantText(ms)) === ms));
  });

  it('refuses what is no instant', () => {
    expect(() => instantText(NaN)).toThrow(RangeError);
  });
});
