import type zh from '../zh-CN/cards';

const words: typeof zh = {
  cards: {
    issue: 'Give a card',
    issueHint:
      'For what no clock measures. The department is told at once and may appeal; who, when and why stand in the ledger.',
    light: 'Colour',
    reason: 'What for',
    basis: 'Ground',
    reasons: {
      attitude: 'attitude',
      'extra-material': 'material beyond the guide was asked for',
      'not-informed-once': 'not told everything at once',
      absent: 'window unattended',
      'offline-handling': 'handled outside the system, entered later',
      fee: 'unlawful fee',
      refusal: 'passing the buck, refusal',
      other: 'other',
    },
    act: { withdrawn: 'Take it back' },
    given: 'holds',
    takenBack: 'taken back',
    upheld: 'taken away on appeal',
    head: {
      light: 'Light',
      no: 'No.',
      case: 'Case',
      item: 'Item',
      department: 'Department',
      clock: 'Clock',
      reason: 'What for',
      issuedAt: 'Given',
      became: 'Became',
      state: 'State',
    },
    none: 'No card was given by hand.',
    noneHint: 'Inspectors give cards here or on the page of a case.',
    noneWaiting: 'No card waits to be confirmed.',
    noneWaitingHint:
      'Lights of clocks whose cards a person confirms wait here; nobody is told of them before they are confirmed.',
    decision: { issued: 'Issue', cancelled: 'Cancel' },
    decide: { issued: 'Issue this card: {title}', cancelled: 'Cancel this card: {title}' },
    decideHint: {
      issued: 'Those concerned are told at once.',
      cancelled:
        'The light is taken away and does not come back; the clock runs as before. A reason is needed.',
    },
  },
};

export default words;
