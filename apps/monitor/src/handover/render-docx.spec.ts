import { strFromU8, unzipSync } from 'fflate';
import type { Block } from './document-block';
import { renderDocx } from './render-docx';

const BLOCKS: Block[] = [
  { kind: 'title', text: '关于移交问题线索的材料' },
  { kind: 'table', head: ['时间', '事项'], rows: [['一', '<b>&受理</b>']] },
  { kind: 'paragraph', text: '第一段' },
];
const MADE_AT = Date.parse('2026-09-25T02:00:00.123Z');

describe('the document', () => {
  afterEach(() => void jest.useRealTimers());

  it('says when it was made, whenever the file was written, and has the same bytes', async () => {
    const written: Uint8Array[] = [];
    for (const wall of ['2026-09-25T02:00:00Z', '2030-01-01T00:00:00Z']) {
      jest.useFakeTimers({ now: new Date(wall), advanceTimers: true });
      written.push(await renderDocx('移交〔2026〕1号', BLOCKS, MADE_AT));
      jest.useRealTimers();
    }
    expect(Buffer.compare(written[0]!, written[1]!)).toBe(0);
    const files = unzipSync(written[0]!);
    const core = strFromU8(files['docProps/core.xml']!);
    expect(core).toContain('2026-09-25T02:00:00Z</dcterms:created>');
    expect(strFromU8(files['word/document.xml']!)).toContain('&lt;b&gt;&amp;受理&lt;/b&gt;');
  });
});
