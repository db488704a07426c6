import { z } from 'zod';

const workingTime = z.string().regex(/^\d+(wh|wm|ws)$/, 'working time such as 4wh or 90wm');

/**
 * Section `sources` of a ruleset: when a source that sends nothing counts as silent (来源静默), tuned per site. Only opening
 * hours count. That of the newest ruleset holds for all sources: silence is a matter of today, whenever a case was accepted.
 */
export const SourcesSection = z.strictObject({
  /** With a rhythm that was learned: silence that, with all well, is less likely than this (0.0001: one in ten thousand). */
  silentChance: z.number().gt(0).max(0.5).default(0.0001),
  /** As long as no rhythm is known: this much working time without a sign of life. */
  silentAfter: workingTime.default('4wh'),
});
export type SourcesSection = z.infer<typeof SourcesSection>;
