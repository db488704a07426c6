import type { Problem } from '@mingjian/contracts';
import { shown } from '@mingjian/contracts';
import { dateTextOf } from '../local-date';
import { DayCollector } from './day-collector';
import type { ParsedNotice } from './parsed-notice';
import { readSentence } from './read-sentence';
import {
  announcesWholeYear,
  arrangedBeforeHeadings,
  arrangesWholeYear,
  sectionsOf,
  yearOfNotice,
} from './notice-sections';
import { noticeText } from './notice-text';

/** `file` names the place in problems; `year` is needed where the pasted text does not say it. */
export interface ParseNoticeOptions {
  year?: number;
  file?: string;
}

/**
 * Reads a notice of the State Council on holidays (国务院办公厅关于部分节假日安排的通知) from its pasted text, in the
 * wording of 2007 to 2026 and of the amendments of 2015, 2019 and 2020.
 *
 * Guarantees: pure; every date in a section is either understood or a problem that names its line. A weekday in
 * brackets is held against its date. Dates are local dates of mainland China.
 * Does not guarantee that the text is a notice in force: the address of the notice is the evidence.
 * @see 全国年节及纪念日放假办法 第七条
 */
export function parseHolidayNotice(text: string, options: ParseNoticeOptions = {}): ParsedNotice {
  const file = options.file ?? 'notice';
  const problems: Problem[] = [];
  const notice = noticeText(text);
  const said = yearOfNotice(notice.text);
  const year = options.year ?? said;
  if (year === null || (said !== null && said !== year)) {
    problems.push({
      place: `${file}:1`,
      field: 'year',
      expected: year === null ? 'the year that the notice arranges' : `the year ${year}`,
      got: said === null ? 'nothing' : String(said),
      hint: 'paste the title, too, or name the year',
    });
    return { year, kind: 'amendment', days: [], extensions: [], counts: [], problems };
  }

  const sections = sectionsOf(notice);
  const collector = new DayCollector();
  const complain = (at: number, field: string, expected: string, got: string, hint: string): void =>
    void problems.push({ place: `${file}:${notice.lineAt(at)}`, field, expected, got, hint });
  const early = arrangedBeforeHeadings(notice, sections);
  if (early !== null)
    complain(
      early.at,
      '',
      'a heading such as 一、元旦：',
      `“${early.found}”`,
      'paste the heading of these days, too',
    );
  const isWholeYear = arrangesWholeYear(sections);
  if (!isWholeYear && announcesWholeYear(notice.text))
    complain(
      0,
      '',
      'the sections of a whole year, 元旦, 春节 and 国庆节 among them',
      sections.map(({ name }) => name).join('; '),
      'paste the whole notice, each festival with a heading such as 一、元旦：',
    );
  for (const section of sections) {
    const context = { year, isNewYear: section.name.includes('元旦') };
    let start = section.start;
    let hasDates = false;
    for (const sentence of section.text.split('。')) {
      const at = start;
      const isDated = readSentence(sentence, {
        name: section.name,
        context,
        complain: (expected, got, hint, offset = 0) =>
          complain(at + offset, section.name, expected, got, hint),
        collector,
      });
      hasDates ||= isDated;
      start += sentence.length + 1;
    }
    if (section.isFestival && !hasDates)
      complain(
        section.start,
        section.name,
        'dates such as 1月1日至3日',
        shown(section.text),
        'compare with the notice',
      );
  }
  const collected = collector.finish();
  for (const { day, name } of collected.contradictions)
    problems.push({
      place: file,
      field: name,
      expected: `${dateTextOf(day)} either off or worked`,
      got: 'both',
      hint: 'compare the pasted text with the notice',
    });
  if (collected.days.length === 0 && problems.length === 0)
    problems.push({
      place: `${file}:1`,
      field: '',
      expected: 'days off or worked, such as 1月1日至3日放假调休，共3天',
      got: shown(notice.text),
      hint: 'paste the text of the notice',
    });
  const { days, extensions, counts } = collected;
  return {
    year,
    kind: isWholeYear ? 'annual' : 'amendment',
    days,
    extensions,
    counts,
    problems,
  };
}
