import { z } from 'zod';
import { LightIdentity, seenVersion, writtenText } from './act';
import { ORDER_COLOURS, type OrderColour, type OrderLevel } from './act-rules';
import type { Light } from './light';
import { LimitText } from './limit-text';

/** 办理状态: 待反馈, 待核实, 已办结, 已撤销. */
export const ORDER_STATES = ['awaiting-reply', 'awaiting-verification', 'closed', 'withdrawn'] as const;
export type OrderState = (typeof ORDER_STATES)[number];

/** What an order rests on. */
export const OrderSource = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('light'), ...LightIdentity.shape }),
  z.strictObject({
    kind: z.literal('finding'),
    caseNo: z.string().min(1).max(64),
    code: z.string().min(1).max(64),
    ref: z.string().min(1).max(255),
  }),
  z.strictObject({
    kind: z.literal('complaint'),
    complaintNo: z
      .string()
      .min(1)
      .max(40)
      .describe('投诉〔2026〕3号; never one that is for inspectors alone'),
  }),
]);
export type OrderSource = z.infer<typeof OrderSource>;

/** 督办单 as it is issued. */
export const OrderContent = z.strictObject({
  department: z.string().min(1).max(64).describe('Code of the department that has to answer'),
  post: writtenText(64).optional(),
  colour: z.enum(ORDER_COLOURS).default('blue'),
  title: writtenText(200),
  content: writtenText(4000),
  basis: writtenText(1000).describe('督办依据: the provision or rule'),
  replyWithin: LimitText.optional().describe('Left out: as the ruleset says'),
  sources: z.array(OrderSource).max(50).default([]),
});
export type OrderContent = z.infer<typeof OrderContent>;

const days = z.number().int().min(1).max(60);

/** What can be done about an order once it is issued. */
export const OrderAct = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('extension-requested'), days, reason: writtenText(1000) }),
  z.strictObject({
    type: z.literal('extension-granted'),
    days,
    reason: writtenText(1000),
    approver: writtenText(64),
  }),
  z.strictObject({ type: z.literal('extension-refused'), reason: writtenText(1000) }),
  z.strictObject({
    type: z.literal('replied'),
    cause: writtenText(3000),
    measures: writtenText(3000),
    text: writtenText(3000).optional(),
  }),
  z.strictObject({
    type: z.literal('returned'),
    reason: writtenText(2000),
    replyWithin: LimitText.optional().describe('Left out: as the ruleset says'),
  }),
  z.strictObject({ type: z.literal('closed'), opinion: writtenText(2000) }),
  z.strictObject({ type: z.literal('withdrawn'), reason: writtenText(1000) }),
]);
export type OrderAct = z.infer<typeof OrderAct>;

/** An act with what the person had seen. */
export const OrderActBody = z.strictObject({ version: seenVersion, act: OrderAct });
export type OrderActBody = z.infer<typeof OrderActBody>;

/** What stands in the event list of an order. The last two are written by the passing of time, and change no state. */
export type OrderRecord =
  | ({ type: 'issued'; no: string; rule: string | null } & OrderContent)
  | OrderAct
  | {
      type: 'lit';
      clock: string;
      from: Light | null;
      to: Light;
      becameAt: number;
      dueAt: number | null;
    }
  | {
      type: 'escalated';
      level: OrderLevel;
      round: number;
      becameAt: number;
      dueAt: number;
      colour: OrderColour;
    };
