/** A piece of a printed document, before it is known whether it becomes HTML or DOCX. All texts are as people read them. */
export type Block =
  | { kind: 'title'; text: string }
  | { kind: 'heading'; text: string; level: 1 | 2 }
  /** `indent`: the first line begins two characters in, as in official documents. */
  | { kind: 'paragraph'; text: string; align?: 'left' | 'right'; indent?: boolean }
  /** Without a head: facts, name and value. */
  | { kind: 'table'; head: readonly string[]; rows: readonly (readonly string[])[] }
  /** Bars, the longest first or in time; `text` is the value as people read it. A document without pictures shows a table. */
  | { kind: 'chart'; title: string; bars: readonly { name: string; value: number; text: string }[] }
  /** Lines as they stand, such as the account of a calculation. */
  | { kind: 'lines'; lines: readonly string[] }
  | { kind: 'page-break' };
