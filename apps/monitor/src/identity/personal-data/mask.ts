/** A number of an identity card that stands alone, of 18 or (before 1999) 15 digits, by the date of birth in it. @see GB 11643-1999 */
const CARD = new RegExp(
  ['(?<![0-9A-Za-z])', '[1-8]\\d{5}(?:(?:19|20)\\d{2}DATE\\d{3}[0-9Xx]|\\d{2}DATE\\d{3})', '(?![0-9A-Za-z])']
    .join('')
    .replaceAll('DATE', '(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])'),
  'g',
);
/** A mobile number, with or without the country before it. */
const MOBILE = /(?<!\d)((?:\+?86[- ]?)?1[3-9]\d)[- ]?\d{4}[- ]?(\d{4})(?!\d)/g;
/** Chinese characters, with the dot of longer names. */
const HAN = /^[\p{Script=Han}·]{2,}$/u;
/** An office that somebody holds is no personal data. */
const OFFICE = /(局|厅|处|科|股|所|站|队|市|区|县|镇|乡|院|室)长$|主任$|书记$|科员$|主管$|负责人$|领导$/;

/** The first character of a name, and as many stars as it goes on. */
export function maskName(name: string): string {
  //=> maskName('张伟') === '张*'
  const [first = '', ...rest] = name.trim();
  return first + '*'.repeat(Math.max(1, rest.length));
}

/** The beginning and the end of a number, as window staff read it out. */
export function maskNumber(number: string): string {
  //=> maskNumber('420684199001011234') === '4206********1234'
  return number.length < 12 ? maskName(number) : `${number.slice(0, 4)}********${number.slice(-4)}`;
}

/** A text with the numbers of cards and telephones in it masked; the rest stays as it is. */
export function maskNumbersIn(text: string): string {
  //=> maskNumbersIn('电话13800138000') === '电话138****8000'
  return text.replace(CARD, maskNumber).replace(MOBILE, '$1****$2');
}

/** Who did something, where a code is asked for: a code or an office stays, a name does not. */
export function maskPerson(text: string): string {
  const trimmed = text.trim();
  return HAN.test(trimmed) && !OFFICE.test(trimmed) ? maskName(trimmed) : maskNumbersIn(text);
}

/** Anything that nobody said what it is: of texts and figures the beginning, of what is put together each part. */
export function maskUnknown(value: unknown): unknown {
  if (typeof value === 'string') return /^[\dXx]{12,}$/.test(value) ? maskNumber(value) : maskName(value);
  if (typeof value === 'number') return maskUnknown(String(value));
  if (Array.isArray(value)) return value.map(maskUnknown);
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, maskUnknown(part)]));
  return value;
}

/** Fields in which a person may be named, or a number of theirs stand. */
const OF_PERSONS =
  /name|applicant|officer|approver|phone|tel|mobile|card|idnumber|address|contact|content|姓名|名称|申请人|法人|经办|审批人|联系|电话|手机|证件|身份证|地址/i;
/** A text within something put together, as JSON writes it. */
const TEXT_IN_RECORD = /(:\s*")([^"…]+)/g;

/** What was found in a field where something else was expected, as an error text quotes it. */
export function maskFound(field: string, got: string): string {
  //=> maskFound('data.applicant', '"张伟"') === '"张*"'
  //=> maskFound('', '{"XM":"张伟"}') === '{"XM":"张*"}'
  if (field === '' && got.startsWith('{'))
    return got.replace(
      TEXT_IN_RECORD,
      (_, before: string, text: string) => before + (maskUnknown(text) as string),
    );
  if (got === 'nothing' || !OF_PERSONS.test(field)) return maskNumbersIn(got);
  return got.replace(/[^"{}[\],:\s…]+/g, (part) => maskUnknown(part) as string);
}
