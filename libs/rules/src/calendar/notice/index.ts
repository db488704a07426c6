export * from './calendar-difference';
export * from './check-notice';
export * from './parse-holiday-notice';
export * from './parsed-notice';
