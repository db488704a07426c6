import { actsOfReport, ComplaintEvent, StepEvent } from '@mingjian/contracts';
import { simulatedComplaints } from '../complaints/simulated-complaints';
import { simulatedCounts } from './simulated-counts';

const WEEKS = { city: 'fangchenggang', seed: 'spec', from: '2026-03-02', to: '2026-03-29' };

describe('what a simulated city counts, and what people complain about', () => {
  const counts = [...simulatedCounts(WEEKS)];
  const complaints = [...simulatedComplaints(WEEKS)];

  it('is the same from the same seed, and other from another', () => {
    expect([...simulatedCounts(WEEKS)]).toEqual(counts);
    expect([...simulatedComplaints(WEEKS)]).toEqual(complaints);
    expect([...simulatedComplaints({ ...WEEKS, seed: 'other' })]).not.toEqual(complaints);
  });

  it('is what the contracts allow, in order of arrival, some counts corrected the next morning', () => {
    expect(counts.filter(({ event }) => !StepEvent.safeParse(event).success)).toEqual([]);
    expect(complaints.filter((event) => !ComplaintEvent.safeParse(event).success)).toEqual([]);
    const arrivals = counts.map(({ arrivesAt }) => arrivesAt);
    expect([...arrivals].sort((a, b) => a - b)).toEqual(arrivals);
    const subjects = new Set(counts.map(({ event }) => event.subject));
    expect(counts.length).toBeGreaterThan(subjects.size);
  });

  it.each(['year', 'spec', 'other'])('has two thousand complaints in a year, from the seed %s', (seed) => {
    const year = [...simulatedComplaints({ ...WEEKS, seed, from: '2025-01-01', to: '2025-12-31' })];
    expect(new Set(year.map(({ subject }) => subject)).size).toBeGreaterThanOrEqual(2_000);
  });

  it('is as much as a year of three million items and two thousand complaints needs', () => {
    const items = counts.reduce((sum, { event }) => sum + event.data.count!, 0);
    // Twenty working days.
    expect(items / 20).toBeGreaterThan(11_000);
    expect(complaints.length).toBeGreaterThan(140);
    for (const { data } of complaints)
      expect(actsOfReport(data).map(({ act }) => act.type)).toContain('closed');
    expect(new Set(complaints.map(({ data }) => data.person)).size).toBeLessThan(complaints.length);
  });
});
