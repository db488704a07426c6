import { metricsIn, overMetrics } from './one-monitor';
import type { Sample, TestPrometheus } from './prometheus';

/** A histogram that is no count of what a process did, but rebuilt from the rows at each scrape. */
const STATE_HISTOGRAMS = new Set(['mingjian_overdue_age_working_seconds']);
/** Sums of the same numbers in another order. */
const ROUNDING = 1e-6;

/** What a query adds up: what each monitor did a part of, or what all of them say alike. */
export type Subject = 'work' | 'state';

/** @param kinds what kind of metric each name is; @returns null for a query of no metric of ours: it shows each process by itself. */
export function subjectOf(query: string, kinds: ReadonlyMap<string, string>): Subject | null {
  const metrics = metricsIn(query);
  if (metrics.length === 0) return null;
  return metrics.some((name) => kinds.get(name) !== 'gauge' && !STATE_HISTOGRAMS.has(name))
    ? 'work'
    : 'state';
}

/**
 * Whether a query over two monitors gives what it should, held against what it gives for each of them alone: of the state
 * what they say, not twice that; of work done the sum of both, and a quantile or a share that lies between theirs.
 *
 * @returns the series that are wrong, with their numbers
 */
export async function wrongOverTwo(
  prometheus: TestPrometheus,
  instances: readonly string[],
  query: string,
  subject: Subject,
  at: number,
): Promise<string[]> {
  // Whole: what is among the greatest of both need not be among those of one.
  const whole = query.replace(/^topk\(\d+, (.*)\)$/, '$1');
  const answerTo = async (matchers: string): Promise<Map<string, number>> =>
    byLabels(await prometheus.samples(overMetrics(whole, matchers), at));
  const both = await answerTo('');
  const alone = await Promise.all(instances.map((instance) => answerTo(`instance="${instance}"`)));
  // Of nothing nothing is shown.
  if (both.size === 0) return [`${query}: no answer`];
  const isSum = subject === 'work' && !/histogram_quantile| \/ /.test(query);
  return [...both].flatMap(([labels, value]) => {
    const parts = alone.flatMap((answer) => answer.get(labels) ?? []);
    const [least, most] = isSum ? [sumOf(parts), sumOf(parts)] : [Math.min(...parts), Math.max(...parts)];
    const margin = ROUNDING * Math.abs(value);
    const isRight = value >= least - margin && value <= most + margin;
    return isRight ? [] : [`${query} ${labels}: ${parts.join(' and ')} alone, together ${value}`];
  });
}

function byLabels(samples: readonly Sample[]): Map<string, number> {
  return new Map(samples.map(({ labels, value }) => [JSON.stringify(Object.entries(labels).sort()), value]));
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
