import {
  BigValueColorMode,
  BigValueGraphMode,
  BigValueTextMode,
  GraphDrawStyle,
  LegendDisplayMode,
  LegendPlacement,
  ReduceDataOptionsBuilder,
  StackingConfigBuilder,
  StackingMode,
  VizLegendOptionsBuilder,
  VizOrientation,
} from '@grafana/grafana-foundation-sdk/common';
import {
  FieldColorModeId,
  MappingType,
  ThresholdsConfigBuilder,
  ThresholdsMode,
  type Threshold,
  type ValueMapping,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder as BarsBuilder } from '@grafana/grafana-foundation-sdk/bargauge';
import { PanelBuilder as StatBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as SeriesBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import type { Light } from '../../libs/contracts/src/light';
import { PROMETHEUS, series, values } from './data';
import { LIGHTS_SHOWN, LOOK, NEUTRAL } from './look';

/** What every panel says: a title, and in the description what it counts and how it adds up over several monitors. */
export interface PanelText {
  title: string;
  about: string;
  /** Of 24 columns. */
  width?: number;
  height?: number;
  unit?: string;
  decimals?: number;
}

/** Values with a word for each. */
export function words(map: Readonly<Record<string, string>>): ValueMapping {
  const entries = Object.entries(map).map(([key, text], index) => [key, { text, index }] as const);
  return { type: MappingType.ValueToText, options: Object.fromEntries(entries) };
}

/** Lights with shape, word and colour. */
export const LIGHT_MAPPING: ValueMapping = {
  type: MappingType.ValueToText,
  options: Object.fromEntries(
    LIGHTS_SHOWN.map((light, index) => [light, { text: LOOK[light].text, color: LOOK[light].colour, index }]),
  ),
};

/** A threshold: from `from` on it is as bad as this light. */
export type Limit = readonly [from: number, light: Light];

export function limits(base: string, at: readonly Limit[]): ThresholdsConfigBuilder {
  const steps: Threshold[] = [
    { value: null, color: base },
    ...at.map(([value, light]) => ({ value, color: LOOK[light].colour })),
  ];
  return new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(steps);
}

/** One number of now, or several with their names. */
export function number(
  { title, about, width = 4, height = 4, unit = 'short', decimals }: PanelText,
  queries: readonly (readonly [expr: string, legend: string])[],
  look: { base?: string; at?: readonly Limit[] } = {},
): StatBuilder {
  const panel = new StatBuilder()
    .title(title)
    .description(about)
    .datasource(PROMETHEUS)
    .span(width)
    .height(height)
    .unit(unit)
    .graphMode(BigValueGraphMode.None)
    .colorMode(BigValueColorMode.Value)
    .textMode(BigValueTextMode.ValueAndName)
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']))
    .noValue('无数据')
    .thresholds(limits(look.base ?? NEUTRAL, look.at ?? []));
  if (decimals !== undefined) panel.decimals(decimals);
  queries.forEach(([expr, legend], index) => panel.withTarget(values(expr, legend).refId(refOf(index))));
  inTheirColours(panel);
  return panel;
}

/** Numbers over the time range. */
export function overTime(
  { title, about, width = 12, height = 8, unit = 'short', decimals }: PanelText,
  queries: readonly (readonly [expr: string, legend: string])[],
  look: { stacked?: boolean; bars?: boolean; at?: readonly Limit[] } = {},
): SeriesBuilder {
  const panel = new SeriesBuilder()
    .title(title)
    .description(about)
    .datasource(PROMETHEUS)
    .span(width)
    .height(height)
    .unit(unit)
    .min(0)
    .lineWidth(1)
    .fillOpacity(look.stacked || look.bars ? 60 : 8)
    .drawStyle(look.bars ? GraphDrawStyle.Bars : GraphDrawStyle.Line)
    .noValue('无数据')
    .legend(
      new VizLegendOptionsBuilder()
        .displayMode(LegendDisplayMode.List)
        .placement(LegendPlacement.Bottom)
        .showLegend(true)
        .calcs([]),
    )
    .thresholds(limits(NEUTRAL, look.at ?? []));
  if (decimals !== undefined) panel.decimals(decimals);
  if (look.stacked) panel.stacking(new StackingConfigBuilder().mode(StackingMode.Normal).group('A'));
  queries.forEach(([expr, legend], index) => panel.withTarget(series(expr, legend).refId(refOf(index))));
  inTheirColours(panel);
  return panel;
}

/** Bars of now, longest first where the query sorts them. */
export function bars(
  { title, about, width = 12, height = 8, unit = 'short' }: PanelText,
  queries: readonly (readonly [expr: string, legend: string])[],
  at: readonly Limit[] = [],
  base = NEUTRAL,
): BarsBuilder {
  const panel = new BarsBuilder()
    .title(title)
    .description(about)
    .datasource(PROMETHEUS)
    .span(width)
    .height(height)
    .unit(unit)
    .min(0)
    .orientation(VizOrientation.Horizontal)
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']))
    .noValue('无数据')
    .thresholds(limits(base, at));
  queries.forEach(([expr, legend], index) => panel.withTarget(values(expr, legend).refId(refOf(index))));
  return panel;
}

/** What is named after a light has its colour; the name carries its shape and word. */
function inTheirColours(panel: StatBuilder | SeriesBuilder): void {
  for (const light of LIGHTS_SHOWN)
    panel.overrideByName(LOOK[light].text, [
      { id: 'color', value: { mode: FieldColorModeId.Fixed, fixedColor: LOOK[light].colour } },
    ]);
}

/** One query for each light, named by shape and word. */
export function perLight(expr: (light: Light) => string): (readonly [string, string])[] {
  return LIGHTS_SHOWN.map((light) => [expr(light), LOOK[light].text]);
}

/** One query for each word of a closed list. */
export function perWord(
  map: Readonly<Record<string, string>>,
  expr: (code: string) => string,
): (readonly [string, string])[] {
  return Object.entries(map).map(([code, word]) => [expr(code), word]);
}

function refOf(index: number): string {
  return index < 26 ? String.fromCharCode(65 + index) : `A${refOf(index - 26)}`;
}
