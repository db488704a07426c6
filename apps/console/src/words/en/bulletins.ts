import type zh from '../zh-CN/bulletins';

const words: typeof zh = {
  bulletins: {
    title: 'Bulletins',
    note: 'Bulletins are numbered and archived, and never changed; the hash of what they say stands in the ledger. Departments see those made for them.',
    kind: { monthly: 'Monthly', daily: 'Daily' },
    make: { monthly: 'Make a monthly one', daily: 'Make a daily one' },
    makeHint: 'Made in the background; the page can be left. It gets its number when it is made.',
    period: { monthly: 'Month (such as 2026-03)', daily: 'Day' },
    everybody: 'All departments',
    head: { no: 'No.', title: 'Title', department: 'For', state: 'State', madeAt: 'Made', files: 'Files' },
    state: { making: 'being made', made: 'archived', failed: 'not made; make it again' },
    file: { docx: 'DOCX', xlsx: 'XLSX' },
    none: 'There is no bulletin yet.',
    noneHint: 'Those of a day or a month are made when it is over; inspectors make one of any month or day.',
  },
};

export default words;
