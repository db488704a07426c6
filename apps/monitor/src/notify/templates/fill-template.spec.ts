import { placeholdersIn, placeholdersOf } from '@mingjian/contracts';
import { DEFAULT_TEMPLATES } from './default-templates';
import { asHtml, fillTemplate, oneLine } from './fill-template';

describe('a template', () => {
  it('takes values as they are, never as templates, and shows a dash where there is none', () => {
    expect(
      fillTemplate('办件{{caseNo}}：{{ subject }}、{{none}}', { caseNo: '{{subject}}', subject: 'a$&b' }),
    ).toBe('办件{{subject}}：a$&b、—');
  });

  it('cannot be made to begin another line or header', () => {
    expect(oneLine('a\r\nBcc: x@example.com\u2028b')).toBe('a Bcc: x@example.com b');
  });

  it('is no markup in a mail', () => {
    const html = asHtml('<script>alert("1")</script>', 'https://x.example/#/case/a"b');
    expect(html).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;');
    expect(html).toContain('href="https://x.example/#/case/a&quot;b"');
    expect(html).not.toContain('<script>');
  });

  it('of the standard set uses only placeholders that exist', () => {
    for (const [name, byChannel] of Object.entries(DEFAULT_TEMPLATES))
      for (const texts of Object.values(byChannel))
        for (const text of Object.values(texts))
          for (const used of placeholdersIn(text))
            expect(placeholdersOf(name as keyof typeof DEFAULT_TEMPLATES)).toContain(used);
  });
});
