import type { Problem } from '@mingjian/contracts';

/** One day as a notice states it; a Saturday off is one, too. `date` is a local date of mainland China. */
export interface NoticeDay {
  date: string;
  state: 'off' | 'work';
  /** The festival as the notice writes it. */
  name: string;
}

/** 延长假期: off from the end of a festival, which stands in an earlier notice, through a date. */
export interface NoticeExtension {
  name: string;
  through: string;
}

/** 共N天: how many days a notice says, and how many its dates give. */
export interface NoticeCount {
  name: string;
  said: number;
  counted: number;
}

/** What a notice says, and what of it could not be read. */
export interface ParsedNotice {
  /** The year arranged; null where neither the text nor the caller says it. */
  year: number | null;
  /** `annual` arranges a whole year; `amendment` changes some of its days. */
  kind: 'annual' | 'amendment';
  /** In order of date, each date once. */
  days: NoticeDay[];
  extensions: NoticeExtension[];
  counts: NoticeCount[];
  /** With any problem the days are incomplete and must not be used. */
  problems: Problem[];
}
