import { type CannotExpress, StepEventData } from '@mingjian/contracts';
import type { z } from 'zod';
import { didYouMean } from './did-you-mean';
import type { EventRule } from './event-rule';
import type { InputRule } from './input-rule';
import { compileTemplate } from './template';
import type { ValueRule } from './value-rule';

/** What the checks look at; the document itself is defined with them. */
interface Checked {
  cannotExpress: readonly CannotExpress[];
  tables: Record<string, unknown>;
  inputs?: Record<string, InputRule> | undefined;
  events: EventRule[];
}

type Report = (path: PropertyKey[], message: string) => void;

/** Checks what one member of a mapping says about another: tables, inputs, keys, joins and versions that must exist. */
export function checkMapping(document: Checked, context: z.core.$RefinementCtx): void {
  const report: Report = (path, message) =>
    context.issues.push({ code: 'custom', path, message, input: undefined });
  const inputs = document.inputs ?? {};
  for (const [name, input] of Object.entries(inputs)) checkInput(name, input, inputs, report);
  document.events.forEach((event, index) => {
    checkTables(event, index, document, report);
    checkMembers(event, index, report);
    checkExpressed(event, index, document, report);
    checkInputOf(event, index, inputs, report);
    const input = inputs[event.input ?? ''];
    if (input?.version !== undefined) checkVersionedId(event, index, input, report);
  });
  for (const name of Object.keys(inputs)) {
    const isUsed =
      document.events.some(({ input }) => input === name) ||
      Object.values(inputs).some(({ join }) => Object.values(join).some((one) => one.input === name));
    if (!isUsed)
      report(['inputs', name], 'an input that an event or a join reads; remove it or give it an event');
  }
}

function checkInput(name: string, input: InputRule, inputs: Record<string, InputRule>, report: Report): void {
  for (const [as, join] of Object.entries(input.join)) {
    const target = inputs[join.input];
    const path = ['inputs', name, 'join', as, 'input'];
    if (target === undefined) report(path, oneOf('inputs', join.input, inputs));
    else if (target.key === undefined)
      report(path, `an input with a key; write "key" for ${join.input}, the rows are found by it`);
  }
  if (input.version !== undefined && input.key === undefined)
    report(['inputs', name, 'version'], 'a key beside it; it says which rows are versions of one');
}

/** A start that the format cannot say would be made up. */
function checkExpressed(event: EventRule, index: number, { cannotExpress }: Checked, report: Report): void {
  const what = cannotExpress.find((one) => one === 'step-start' || one === 'step-times');
  if (what !== undefined && event.type === 'step.started')
    report(['events', index, 'type'], `no step.started; the mapping says that it cannot express ${what}`);
  if (cannotExpress.includes('suspension-end') && event.type === 'case.resumed')
    report(
      ['events', index, 'type'],
      'no case.resumed; the mapping says that it cannot express suspension-end',
    );
}

function checkTables(event: EventRule, index: number, { tables }: Checked, report: Report): void {
  const rules: [PropertyKey[], ValueRule][] = [
    [['type'], event.type],
    [['id'], event.id],
    [['subject'], event.subject],
    [['time'], event.time],
    ...Object.entries(event.data).map(([name, rule]): [PropertyKey[], ValueRule] => [['data', name], rule]),
  ];
  for (const [path, rule] of rules) {
    const table = typeof rule === 'object' ? rule.table : undefined;
    if (table !== undefined && !Object.hasOwn(tables, table))
      report(['events', index, ...path, 'table'], oneOf('tables', table, tables));
  }
}

/** A misspelt member would be kept and read by nothing: the limit that it carries would silently not be there. */
function checkMembers({ data }: EventRule, index: number, report: Report): void {
  const members = Object.keys(StepEventData.shape);
  for (const name of Object.keys(data))
    if (!members.includes(name))
      report(
        ['events', index, 'data', name],
        `a member that step events have; ${didYouMean(name, members, `they are ${members.join(', ')}`)}`,
      );
}

function checkInputOf(
  { input }: EventRule,
  index: number,
  inputs: Record<string, InputRule>,
  report: Report,
): void {
  if (Object.keys(inputs).length === 0) {
    if (input !== undefined)
      report(['events', index, 'input'], 'no input; this mapping has no "inputs", write them or remove it');
  } else if (input === undefined) {
    report(
      ['events', index],
      `an input; write which table of the delivery means the event (${Object.keys(inputs).join(', ')})`,
    );
  } else if (!Object.hasOwn(inputs, input)) {
    report(['events', index, 'input'], oneOf('inputs', input, inputs));
  }
}

/** Only then is the id of what an earlier version said known without that version: order of arrival plays no part. */
function checkVersionedId(event: EventRule, index: number, input: InputRule, report: Report): void {
  const version = input.version?.field ?? '';
  const key = compileTemplate(input.key ?? '').fields;
  const path = ['events', index, 'id'];
  if (typeof event.id !== 'string') {
    report(path, 'a text of the key and the version; the input has versions');
    return;
  }
  if (event.each !== undefined) report(['events', index, 'each'], 'no "each"; the input has versions');
  const fields = compileTemplate(event.id).fields;
  if (!fields.includes(version))
    report(path, `an id with {${version}} in it; each version is an event of its own`);
  const other = fields.find((field) => field !== version && !key.includes(field));
  if (other !== undefined)
    report(
      path,
      `an id of key fields (${key.join(', ')}) and {${version}} alone; {${other}} may differ between versions`,
    );
}

function oneOf(what: string, name: string, known: Record<string, unknown>): string {
  const names = Object.keys(known);
  const advice = didYouMean(name, names);
  return `one of the ${what} of this mapping (${names.join(', ') || 'none'})${advice === '' ? '' : `; ${advice}`}`;
}
