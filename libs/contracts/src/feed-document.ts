import { z } from 'zod';

/** 接入方式. How a department's records come in by a feed document. */
export const FEED_KINDS = ['table', 'folder', 'topic', 'http'] as const;
export type FeedKind = (typeof FEED_KINDS)[number];

const UNIT_MS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

const DurationText = z
  .string()
  .regex(/^\d{1,6}(ms|s|m|h|d)$/, 'a length of time with its unit; write it like 30s, 5m, 6h or 30d');

/** Milliseconds of a length of time such as `500ms`, `30s`, `5m`, `6h`, `30d`. */
export function durationMs(text: string): number {
  const unit = /[a-z]+$/.exec(text)?.[0] as keyof typeof UNIT_MS;
  return Number.parseInt(text, 10) * UNIT_MS[unit];
}

const Duration = DurationText.transform(durationMs);
/** How far back on a watermark: a length of time on one of times, a number on one of numbers. */
const Width = z.union([DurationText, z.number().int().min(0)], {
  error: 'a length of time such as 10m, or a whole number where the watermark is one',
});

/** Where a password stands in the text it can be read by whoever may read the document. */
const Address = z
  .string()
  .min(1)
  .refine(
    (text) => !/^[a-z]+:\/\/[^/@]*:(?!\$\{[A-Za-z_]\w*\}@)[^/@]*@/.test(text),
    'an address without a password in it; name passwordFile, or write ${VARIABLE} in its place',
  );

const Identifier = z
  .string()
  .regex(/^[\p{L}_][\p{L}\p{N}_$#]*$/u, 'the name of a column; letters, digits, _, $ and # only');
const TableName = z
  .string()
  .regex(
    /^[\p{L}_][\p{L}\p{N}_$#]*(\.[\p{L}_][\p{L}\p{N}_$#]*){0,2}$/u,
    'the name of a table or view, with its schema where needed; a query is written as a view in the database',
  );
const oneOrMore = <T extends z.ZodType>(schema: T) =>
  z.union([schema.transform((one) => [one]), z.array(schema).min(1)], {
    error: 'a text, or a list of texts',
  });

const Retry = z
  .strictObject({
    /** Pause after the first failure; doubles with each further one. */
    first: Duration.prefault('1s'),
    /** Longest pause. */
    longest: Duration.prefault('5m'),
  })
  .prefault({});

/** What every feed has. */
const shared = {
  /** Its name in commands, metrics and log lines. */
  feed: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'a name of small letters, digits and hyphens'),
  description: z.string().optional(),
  enabled: z.boolean().default(true),
  /** Most records a second; 0: as many as there are. */
  pace: z.number().min(0).max(1_000_000).default(0),
};
const polled = {
  ...shared,
  /** A mapping file, relative to this document; `step-events`; or `approved:NAME`: what was approved under that name. */
  mapping: z.string().regex(/^(?!approved:\s*$)./, 'a mapping file, step-events, or approved:NAME'),
  /** The only source that its events may name. Needed for `step-events`; otherwise the mapping says it. */
  source: z.string().min(1).max(128).optional(),
  retry: Retry,
  /** How often it is looked whether there is something new. */
  every: Duration.prefault('30s'),
  /** Most records of one step: what is read, published and noted together. */
  batch: z.number().int().min(1).max(50_000).default(1000),
};

/** Which table of the mapping its records are, where the mapping names inputs and no `when` of theirs tells. */
const input = z.string().min(1).optional();

/** 前置机: a table or view of a department's exchange database, read again and again by a watermark. */
const TableFeed = z.strictObject({
  ...polled,
  kind: z.literal('table'),
  input,
  database: z.strictObject({
    driver: z.enum(['mysql', 'mariadb', 'postgres', 'sqlite']),
    /** `mariadb://reader@10.0.0.8:3306/exchange`; of SQLite the path of the file. `${VARIABLE}` is replaced. */
    url: Address,
    passwordFile: z.string().min(1).optional(),
    /** The authority that signed the server's certificate, PEM; left out: no TLS. */
    caFile: z.string().min(1).optional(),
  }),
  table: TableName,
  /** 并表: by input of the mapping, the tables of the same database in which its rows are looked up by their key. */
  joins: z.record(z.string(), TableName).optional(),
  /** Columns that together name one record, whatever its version. */
  key: oneOrMore(Identifier),
  /** Column that counts the versions of a record (SJBBH): an older one than known is passed over. */
  version: Identifier.optional(),
  watermark: z.strictObject({
    /** Columns that grow when a row is written; of several the first that has a value. */
    columns: oneOrMore(Identifier),
    kind: z.enum(['time', 'number']).default('time'),
    /** IANA zone in which its times are written: the session of the database is set to it. */
    zone: z.string().default('Asia/Shanghai'),
    /** Where the first reading begins; left out: at the beginning. */
    start: z.union([z.string(), z.number()]).optional(),
  }),
  /**
   * How much of what was read is read again each time: for rows that are committed late and writers whose clocks go
   * behind. By default 10m, or 1000 of a number watermark.
   */
  overlap: Width.optional(),
  /** Now and then a wider window is read again: for updates that do not move the watermark. */
  rescan: z.strictObject({ every: Duration, window: Width }).optional(),
});

/** 交换目录: files are put into a folder and moved aside when they were read. */
const FolderFeed = z.strictObject({
  ...polled,
  kind: z.literal('folder'),
  folder: z.string().min(1),
  /** Names of files that are read, with * and ?. */
  files: oneOrMore(z.string().min(1)).prefault([
    '*.csv',
    '*.csv.gz',
    '*.ndjson',
    '*.ndjson.gz',
    '*.json',
    '*.xml',
    '*.xlsx',
  ]),
  /** A file counts as whole when its size and time have not changed for this long. */
  settled: Duration.prefault('10s'),
});

/** A department's own Kafka topic. */
const TopicFeed = z.strictObject({
  ...polled,
  kind: z.literal('topic'),
  input,
  brokers: z.array(z.string().regex(/^[^\s,:]+:\d+$/, 'host:port')).min(1),
  topic: z.string().min(1).max(249),
  group: z.string().min(1).max(249).default('mingjian'),
  tls: z
    .strictObject({ caFile: z.string(), certFile: z.string().optional(), keyFile: z.string().optional() })
    .optional(),
  sasl: z
    .strictObject({
      mechanism: z.enum(['plain', 'scram-sha-256', 'scram-sha-512']),
      username: z.string().min(1),
      passwordFile: z.string().min(1),
    })
    .optional(),
});

/** Records that a department sends by HTTP: nothing to read, but a pace to hold it to. */
const HttpFeed = z.strictObject({
  ...shared,
  kind: z.literal('http'),
  /** The source that it holds for. */
  source: z.string().min(1).max(128),
});

/** 接入文件. One way in for one department's records. */
export const FeedDocument = z
  .discriminatedUnion('kind', [TableFeed, FolderFeed, TopicFeed, HttpFeed], {
    error: ({ code }) =>
      code === 'invalid_union'
        ? `one of ${FEED_KINDS.join(', ')}; in a folder of feed documents there is nothing else, put mappings into a folder below it`
        : undefined,
  })
  .superRefine((feed, context) => {
    const wrong = (path: string[], message: string): void =>
      context.addIssue({ code: 'custom', path, message });
    if (feed.kind === 'table') {
      const isNumber = feed.watermark.kind === 'number';
      if (isNumber && feed.watermark.start !== undefined && typeof feed.watermark.start !== 'number')
        wrong(['watermark', 'start'], 'a number, as the watermark is one');
      const fits = (width: string | number | undefined): boolean =>
        width === undefined || (typeof width === 'number') === isNumber;
      const expected = isNumber ? 'a whole number, as the watermark is one' : 'a length of time such as 10m';
      if (!fits(feed.overlap)) wrong(['overlap'], expected);
      if (!fits(feed.rescan?.window)) wrong(['rescan', 'window'], expected);
      try {
        new Intl.DateTimeFormat('en', { timeZone: feed.watermark.zone });
      } catch {
        wrong(['watermark', 'zone'], 'an IANA time zone such as Asia/Shanghai');
      }
    }
    if (feed.kind !== 'http' && feed.mapping === 'step-events' && feed.source === undefined)
      wrong(
        ['source'],
        'the source that the step events may name; without it anybody could write for everybody',
      );
    if (feed.kind === 'topic' && feed.sasl?.mechanism === 'plain' && feed.tls === undefined)
      wrong(['sasl', 'mechanism'], 'scram-sha-512, or plain with tls; plain sends the password in the clear');
    if (feed.kind === 'topic' && (feed.tls?.certFile === undefined) !== (feed.tls?.keyFile === undefined))
      wrong(['tls'], 'certFile and keyFile together');
  });
export type FeedDocument = z.infer<typeof FeedDocument>;
export type TableFeed = Extract<FeedDocument, { kind: 'table' }>;
export type FolderFeed = Extract<FeedDocument, { kind: 'folder' }>;
export type TopicFeed = Extract<FeedDocument, { kind: 'topic' }>;
export type HttpFeed = Extract<FeedDocument, { kind: 'http' }>;
/** Feeds that a collector runs by itself. */
export type RunnableFeed = TableFeed | FolderFeed | TopicFeed;
