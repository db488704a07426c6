/** The topics of the event log. Keys are case numbers where a record belongs to a case. */
export const TOPICS = {
  stepEvents: 'mingjian.step-events',
  quarantine: 'mingjian.quarantine',
  sourceHeartbeats: 'mingjian.source-heartbeats',
  lights: 'mingjian.lights',
  complaints: 'mingjian.complaints',
} as const;
export type Topic = (typeof TOPICS)[keyof typeof TOPICS];
