import { z } from 'zod';
import { FINDING_SEVERITIES, RECIPIENTS } from './light';
import { NOTICE_FACTS, NOTICE_GRADES, NOTICE_KINDS, type NoticeKind } from './notice';
import { LimitText } from './limit-text';

/** How a message travels. The topic `mingjian.lights` is written beside these, for whoever reads it. */
export const CHANNEL_KINDS = ['mail', 'webhook', 'wecom', 'dingtalk', 'sms', 'alertmanager'] as const;
export type ChannelKind = (typeof CHANNEL_KINDS)[number];

const roles = z.array(z.enum(RECIPIENTS));
const code = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/i, 'letters, digits and hyphens, at most 63');
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day, written HH:MM');
const httpUrl = z.string().regex(/^https?:\/\/[^\s@]+$/, 'an address that begins with https:// or http://');
const file = z.string().min(1).describe('A file, relative to this document; secrets stand in files');

const pace = {
  /** Messages a minute that the channel takes. */
  perMinute: z.number().int().min(1).max(6000).default(600),
  timeoutSeconds: z.number().int().min(1).max(45).default(15),
  /** Messages that are under way at once. */
  parallel: z.number().int().min(1).max(20).default(2),
};

/** 邮件, by SMTP. */
export const MailChannel = z.strictObject({
  kind: z.literal('mail'),
  host: z.string().min(1),
  port: z.number().int().min(1).max(65_535).default(465),
  /** `implicit` from the first byte, `starttls` or nothing is sent, `none` in a closed network only. */
  tls: z.enum(['implicit', 'starttls', 'none']).default('implicit'),
  caFile: file.optional(),
  user: z.string().min(1).optional(),
  passwordFile: file.optional(),
  from: z.string().min(3),
  ...pace,
});
/** 签名回调: JSON over HTTP, signed with HMAC-SHA256. */
export const WebhookChannel = z.strictObject({
  kind: z.literal('webhook'),
  url: httpUrl,
  secretFile: file,
  ...pace,
});
/** 企业微信群机器人: its address holds its key, so it stands in a file. It takes 20 messages a minute. */
export const WecomChannel = z.strictObject({
  kind: z.literal('wecom'),
  urlFile: file,
  ...pace,
  perMinute: pace.perMinute.default(20),
});
/** 钉钉群机器人, with 加签 where there is a secret. It takes 20 messages a minute. */
export const DingtalkChannel = z.strictObject({
  kind: z.literal('dingtalk'),
  urlFile: file,
  secretFile: file.optional(),
  ...pace,
  perMinute: pace.perMinute.default(20),
});
/** 短信网关: any that takes a request over HTTP. */
export const SmsChannel = z.strictObject({
  kind: z.literal('sms'),
  url: httpUrl,
  headers: z.record(z.string(), z.string()).default({}),
  /** With {{phone}}, {{text}}, {{key}}, {{secret}}; values are escaped for JSON where the type is JSON, else for a form. */
  body: z.string().min(1),
  contentType: z.enum(['application/json', 'application/x-www-form-urlencoded']).default('application/json'),
  secretFile: file.optional(),
  /** What the answer says where the gateway took it, beside status 2xx. */
  success: z.strictObject({ field: z.string().min(1), equals: z.string() }).optional(),
  ...pace,
});
/** Prometheus Alertmanager, API v2. */
export const AlertmanagerChannel = z.strictObject({
  kind: z.literal('alertmanager'),
  url: httpUrl,
  ...pace,
});
export const ChannelDocument = z.discriminatedUnion('kind', [
  MailChannel,
  WebhookChannel,
  WecomChannel,
  DingtalkChannel,
  SmsChannel,
  AlertmanagerChannel,
]);
export type ChannelDocument = z.infer<typeof ChannelDocument>;

const whenOfGrade = z.union([z.literal('immediate'), z.strictObject({ dailyAt: timeOfDay })], {
  error: 'immediate, or { dailyAt: "08:30" }',
});

/** 接收人: a person in a role, or a group or system that is told. */
export const RecipientEntry = z.strictObject({
  name: z.string().min(1).max(60),
  roles: roles.min(1),
  /** Departments for which he has the role; left out: all. */
  departments: z.array(z.string().min(1)).optional(),
  /** Of a post: the posts that he holds; left out: every post of his departments. */
  posts: z.array(z.string().min(1)).optional(),
  /** Kinds of notices; left out: all. */
  kinds: z.array(z.enum(NOTICE_KINDS)).optional(),
  /**
   * Address on each channel. Of a robot `@` and the user id of the member of the group who is called upon, `@all` for everybody,
   * or any word for nobody; of a system any word.
   */
  via: z.record(z.string(), z.string().min(1).max(254)),
  /** Account with which he signs in, for acknowledgement; left out: as he is called here. */
  account: z.string().min(1).optional(),
  /** AB 岗: who is told while he is away. */
  deputy: z.string().optional(),
  absent: z.array(z.strictObject({ from: z.iso.date(), through: z.iso.date() })).default([]),
  when: z.partialRecord(z.enum(NOTICE_GRADES), whenOfGrade).default({}),
  /** `outside-hours`: what comes outside his working hours waits for the next opening; `never`: nothing waits. */
  quiet: z.enum(['outside-hours', 'never']).default('outside-hours'),
  /** Whether red waits as well; left out: as the site says. */
  redBreaksQuiet: z.boolean().optional(),
  /** Working calendar of his hours; left out: that of the ruleset. */
  calendar: z.string().optional(),
  /** Whether he must acknowledge: false for groups and systems. */
  acknowledges: z.boolean().default(true),
});
export type RecipientEntry = z.infer<typeof RecipientEntry>;

/** Placeholders of every template. */
export const COMMON_PLACEHOLDERS = [
  'subject',
  'caseNo',
  'department',
  'departmentName',
  'gradeName',
  'at',
  'recipientName',
  'link',
] as const;
/** Placeholders of the frame around several notices. */
export const FRAME_PLACEHOLDERS = [
  'count',
  'red',
  'yellow',
  'info',
  'more',
  'recipientName',
  'link',
  'lines',
] as const;

const template = z.strictObject({
  subject: z.string().min(1).max(200).optional(),
  text: z.string().min(1).max(2000),
});
/** Texts of a kind: `default`, and others for channels. */
const ofChannels = z.partialRecord(z.enum(['default', ...CHANNEL_KINDS]), template);
export const NoticeTemplates = z.strictObject({
  ...(Object.fromEntries(NOTICE_KINDS.map((kind) => [kind, ofChannels.optional()])) as Record<
    NoticeKind,
    z.ZodOptional<typeof ofChannels>
  >),
  withdrawal: ofChannels.optional(),
  escalation: ofChannels.optional(),
  frame: ofChannels.optional(),
});
export type NoticeTemplates = z.infer<typeof NoticeTemplates>;

/** The placeholders that a template of this name may use. */
export function placeholdersOf(name: keyof NoticeTemplates): readonly string[] {
  if (name === 'frame') return FRAME_PLACEHOLDERS;
  if (name === 'withdrawal' || name === 'escalation') return COMMON_PLACEHOLDERS;
  return [...COMMON_PLACEHOLDERS, ...NOTICE_FACTS[name]];
}

/** The names between double braces of a text. */
export function placeholdersIn(text: string): string[] {
  return [...text.matchAll(/\{\{\s*([^{}]*?)\s*\}\}/g)].map((match) => match[1] ?? '');
}

const acknowledgement = z.strictObject({ within: LimitText });

/**
 * 接收人文档: who is told of what, how and when. Every name that it uses must be in it; templates may only use placeholders
 * that exist.
 */
export const RecipientsDocument = z
  .strictObject({
    recipients: z.string().min(1),
    version: z.string().min(1),
    /** Address of the console, for links. */
    link: httpUrl.optional(),
    /** 汇总等待: what comes for one recipient within this time is one message. */
    groupSeconds: z.number().int().min(0).max(3600).default(10),
    redBreaksQuiet: z.boolean().default(true),
    /** 风暴控制: more notices of lights and findings than this within the window are held. */
    storm: z
      .strictObject({
        notices: z.number().int().min(1).max(1_000_000).default(500),
        withinMinutes: z.number().int().min(1).max(1440).default(10),
      })
      .prefault({}),
    /** Lights that became true longer ago than this are told nobody by themselves. */
    historyDays: z.number().int().min(1).max(3650).default(30),
    /** Findings of cases of these severities are told: serious ones as yellow, others as info. */
    findingSeverities: z.array(z.enum(FINDING_SEVERITIES)).default(['serious']),
    /** Roles by kind and grade, where the ruleset or the notice does not name them. */
    told: z.partialRecord(z.enum(NOTICE_KINDS), z.partialRecord(z.enum(NOTICE_GRADES), roles)).default({}),
    /** 签收: within how much of the recipient's working time; left out: nobody must. */
    acknowledge: z
      .strictObject({ yellow: acknowledgement.optional(), red: acknowledgement.optional() })
      .prefault({}),
    /** Who is told next where nobody of a level acknowledges. */
    ladder: roles.min(1).default([...RECIPIENTS]),
    channels: z.record(code, ChannelDocument),
    people: z.record(code, RecipientEntry),
    templates: NoticeTemplates.prefault({}),
  })
  .superRefine((document, context) => {
    const complain = (path: PropertyKey[], message: string): void =>
      context.addIssue({ code: 'custom', path, message });
    const channels = Object.keys(document.channels);
    for (const [id, person] of Object.entries(document.people)) {
      for (const [channel, address] of Object.entries(person.via)) {
        const kind = document.channels[channel]?.kind;
        if (kind === undefined)
          complain(['people', id, 'via', channel], `one of the channels: ${channels.join(', ') || 'none'}`);
        else if (kind === 'mail' && !/^[^\s@<>,;]+@[^\s@<>,;]+$/.test(address))
          complain(['people', id, 'via', channel], 'one mail address, such as name@example.gov.cn');
        else if (kind === 'sms' && !/^\+?\d{5,20}$/.test(address))
          complain(['people', id, 'via', channel], 'a telephone number, digits only');
        else if (
          (kind === 'wecom' || kind === 'dingtalk') &&
          address.startsWith('@') &&
          !/^@[0-9A-Za-z][\w.@-]{0,63}$/.test(address)
        )
          complain(
            ['people', id, 'via', channel],
            'behind @ the user id of one member of the group, or all; without @ any word',
          );
      }
      if (
        person.deputy !== undefined &&
        (document.people[person.deputy] === undefined || person.deputy === id)
      )
        complain(['people', id, 'deputy'], 'another one of the people of this document');
    }
    for (const [id, channel] of Object.entries(document.channels))
      if (channel.kind === 'sms')
        for (const name of placeholdersIn(channel.body))
          if (!['phone', 'text', 'key', 'secret'].includes(name))
            complain(['channels', id, 'body'], `{{phone}}, {{text}}, {{key}} or {{secret}}; not {{${name}}}`);
    for (const [name, byChannel] of Object.entries(document.templates)) {
      const known = placeholdersOf(name as keyof NoticeTemplates);
      for (const [channel, texts] of Object.entries(byChannel ?? {}))
        for (const [part, text] of Object.entries(texts))
          for (const used of placeholdersIn(text))
            if (!known.includes(used))
              complain(
                ['templates', name, channel, part],
                `placeholders of ${name}: ${known.join(', ')}; not {{${used}}}`,
              );
    }
  });
export type RecipientsDocument = z.infer<typeof RecipientsDocument>;
