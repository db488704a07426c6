import type { NoticeRow } from '@mingjian/store';
import { fitting } from './fit-message';
import type { MessageContent } from './message-content';

/* What this spec guarantees: whatever a template makes of its values, a message fits its column and is told. */

const notices = Array.from({ length: 50 }, (_, index) => ({ id: index }) as NoticeRow);
const saying =
  (text: string) =>
  (some: readonly NoticeRow[]): { subject: string; content: MessageContent } => ({
    subject: '主题',
    content: { text: text.repeat(some.length), link: null, count: 50, notices: [] },
  });

describe('a message', () => {
  it('names as many of its notices as a column holds, and counts all', () => {
    const content = JSON.parse(fitting(notices, saying('超'.repeat(1_000))).content) as MessageContent;
    expect(content).toMatchObject({ count: 50, text: '超'.repeat(13_000) });
  });

  it.each(['超', '"', '\n', '👩‍👧'])(
    'of one notice is cut where its own words are too long: %j',
    (character) => {
      const { content } = fitting(notices, saying(character.repeat(50_000)));
      expect(Buffer.byteLength(content)).toBeLessThanOrEqual(65_535);
      expect(Buffer.byteLength(content)).toBeGreaterThan(40_000);
      const { text } = JSON.parse(content) as MessageContent;
      expect(text.endsWith('…')).toBe(true);
      expect(Buffer.from(text).toString()).toBe(text);
    },
  );
});
