/** A notice as one line of half-width characters, each with the line of the pasted text that it came from. */
export interface NoticeText {
  text: string;
  /** Line number, from 1, of the character at an index. */
  lineAt(index: number): number;
}

/** Dates of the press agency, `新华社北京11月4日电`, arrange nothing. */
const DATELINE = /\d{1,2}月\d{1,2}日电/g;
/** The signature ends a notice; what a web page prints below it is not the notice. */
const SIGNATURE = /国务院(?:办公厅)?\d{4}年\d{1,2}月\d{1,2}日(?=[^\d]|$)(?!\()/g;
const BLANK = '□';

/**
 * Makes pasted text uniform: full-width digits, brackets and punctuation become half-width, white space and invisible
 * characters go, so that a date broken over two lines is whole again.
 */
export function noticeText(pasted: string): NoticeText {
  const lines: number[] = [];
  let text = '';
  let line = 1;
  for (const character of pasted) {
    if (character === '\n') line++;
    // Compatibility normalisation: the ideographic full stop stays, the full-width comma and colon do not.
    for (const part of character.normalize('NFKC')) {
      if (/[\s\u200B-\u200F\u2060\uFEFF\p{Cc}]/u.test(part)) continue;
      text += part;
      for (let i = 0; i < part.length; i++) lines.push(line);
    }
  }
  const signature = [...text.matchAll(SIGNATURE)].find((found) => isSignature(text, found));
  if (signature !== undefined) text = text.slice(0, signature.index);
  return {
    text: text.replace(DATELINE, (dateline) => BLANK.repeat(dateline.length)),
    lineAt: (index) => lines[Math.min(index, lines.length - 1)] ?? 1,
  };
}

/** `…国务院办公厅2026年1月1日放假` would be an arrangement: behind a signature no verb follows in its sentence. */
function isSignature(text: string, found: RegExpExecArray): boolean {
  const rest = text.slice(found.index + found[0].length).split(/[。;]/, 1)[0]!;
  return !/^[^,:]{0,6}(?:至|-|放假|上班|补休|调休)/.test(rest);
}
