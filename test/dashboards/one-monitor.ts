import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const RULES = join(__dirname, '../../deploy/prometheus/recording.rules.yml');
/** A metric or a recorded series, and what it is narrowed down by. */
const SELECTOR = /((?:[a-z0-9_]+:)?mingjian_[a-z0-9_:]+)(\{[^}]*\})?/g;

const { groups } = parse(readFileSync(RULES, 'utf8')) as {
  groups: { rules: { record: string; expr: string }[] }[];
};
const recorded = new Map(groups.flatMap(({ rules }) => rules).map(({ record, expr }) => [record, expr]));

/**
 * A query over the processes themselves: what the rules recorded is written out, and each metric is narrowed down by the
 * given matchers, such as `instance="a"`: what the panel would show if there were that monitor alone. Rules keep the labels
 * that their series are narrowed down by, so that it is the same before and behind them.
 */
export function overMetrics(query: string, matchers = ''): string {
  //=> overMetrics('light:mingjian_cases:sum{light="red"}', 'instance="a"')
  return query.replace(SELECTOR, (_, name: string, braces = '{}') => {
    const all = [(braces as string).slice(1, -1), matchers].filter((text) => text !== '').join(', ');
    const expr = recorded.get(name);
    return expr === undefined ? `${name}{${all}}` : `(${overMetrics(expr, all)})`;
  });
}

/** The metrics that a query asks for, without the suffixes of histograms. */
export function metricsIn(query: string): string[] {
  const names = [...overMetrics(query).matchAll(SELECTOR)].map(([, name = '']) => name);
  return [...new Set(names.map((name) => name.replace(/_(bucket|sum|count)$/, '')))];
}
