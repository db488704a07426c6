import type { NoticeText } from './notice-text';

/** One part of a notice: the arrangement of one festival, or of two that meet. */
export interface NoticeSection {
  /** As the notice writes it: 元旦, “五一”, 国庆节、中秋节. */
  name: string;
  text: string;
  /** Where the text begins in the notice. */
  start: number;
  /** Its heading names a festival, so that it must have days. */
  isFestival: boolean;
}

const FESTIVAL = String.raw`元旦|春节|清明节?|端午节?|中秋节?|国庆节?|(?:[“"]?五一[”"]?)?国际劳动节|劳动节|[“"]?五一[”"]?|[“"]?十一[”"]?`;
const HEADING = new RegExp(
  `(?:[一二三四五六七八九十]+[、.]([^:。,;\\d]{1,40})|((?:${FESTIVAL})(?:[、和](?:${FESTIVAL}))*)):`,
  'g',
);
/** Festivals that only the arrangement of a whole year names together. */
const WHOLE_YEAR = [/元旦/, /春节/, /国庆|十一/];

/**
 * The sections of a notice, in order. An amendment has no headings: it is one section, named by its title.
 * What stands before the first heading arranges nothing.
 */
export function sectionsOf(notice: NoticeText): NoticeSection[] {
  const headings = [...notice.text.matchAll(HEADING)].filter(
    (found) => !/通知|安排|如下/.test(found[1] ?? ''),
  );
  if (headings.length === 0)
    return [{ name: titleName(notice.text), text: notice.text, start: 0, isFestival: false }];
  return headings.map((found, i) => {
    const start = found.index + found[0].length;
    const name = (found[1] ?? found[2])!;
    const isFestival = new RegExp(`^(?:${FESTIVAL})`).test(name);
    return { name, text: notice.text.slice(start, headings[i + 1]?.index), start, isFestival };
  });
}

/** A day that is arranged before the first heading: its heading was not pasted, or is none that we know. */
export function arrangedBeforeHeadings(
  notice: NoticeText,
  sections: readonly NoticeSection[],
): { found: string; at: number } | null {
  const preamble = notice.text.slice(0, sections[0]!.start);
  const found = /\d日(?:\([^()]*\))?(?:放假|上班|补休|调休|公休)/.exec(preamble);
  return found === null ? null : { found: found[0], at: found.index };
}

/** Whether a notice arranges a whole year, rather than amend one. */
export function arrangesWholeYear(sections: readonly NoticeSection[]): boolean {
  return WHOLE_YEAR.every((festival) => sections.some(({ name }) => festival.test(name)));
}

/** Whether the title is that of a whole year; an amendment may name such a notice, too. */
export function announcesWholeYear(text: string): boolean {
  return /\d{4}年部分节假日安排/.test(text) && !/关于(?:调整|延长)/.test(text);
}

/** The year that a notice arranges, as its title or preamble says; null where neither does. */
export function yearOfNotice(text: string): number | null {
  const found =
    /(\d{4})年部分节假日/.exec(text) ??
    /关于(?:调整|延长)?(\d{4})年/.exec(text) ??
    /(?:延长|调整|现将)(\d{4})年/.exec(text);
  if (found !== null) return Number(found[1]);
  // Without a title: 2022年12月31日至2023年1月2日 is 元旦 of the later year.
  const years = [...text.matchAll(/(\d{4})年\d{1,2}月/g)].map((date) => Number(date[1]));
  return years.length === 0 ? null : Math.max(...years);
}

function titleName(text: string): string {
  const named =
    /关于(?:调整|延长)?(?:\d{4}年)?([^,。;:\d]{2,16}?)假期/.exec(text) ??
    /关于(.{2,40}?)(?:调休)?放假/.exec(text) ??
    new RegExp(`(${FESTIVAL})`).exec(text);
  return named?.[1] ?? '节假日';
}
