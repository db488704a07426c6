import { newApiKey } from './api-key';
import { createLogger } from './logger';

function setup(json: boolean) {
  const lines: string[] = [];
  const logger = createLogger({ level: 'info', json, sink: { write: (line) => lines.push(line) } });
  return { lines, logger };
}

describe('the logger', () => {
  it('writes one JSON object a line with level, time and fields', () => {
    const { lines, logger } = setup(true);
    logger.info({ caseNo: 'A-1' }, 'Judged.');
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 'info', msg: 'Judged.', caseNo: 'A-1' });
  });

  it('writes one readable line for a person', () => {
    const { lines, logger } = setup(false);
    logger.warn({ port: 8080 }, 'Listening.');
    expect(lines[0]).toMatch(/^\d\d:\d\d:\d\d WARN {2}Listening\. port=8080\n$/);
  });

  it('shows where an error came from', () => {
    const { lines, logger } = setup(false);
    logger.error({ err: new Error('disk full') }, 'Could not write.');
    expect(lines[0]).toContain('Could not write.\nError: disk full\n    at ');
  });

  it('masks keys and credentials wherever they stand', () => {
    const { lines, logger } = setup(true);
    logger.info(
      { key: 'secret', req: { headers: { authorization: 'Bearer secret', 'x-api-key': 'secret' } } },
      'Request.',
    );
    logger.info({ source: { key: 'secret' } }, 'Source.');
    expect(lines.join('')).not.toContain('secret');
    expect(lines.join('')).toContain('***');
  });

  it('masks the API key of a source wherever somebody put it', () => {
    const { lines, logger } = setup(true);
    const key = newApiKey();
    logger.error({ err: new Error(`bad header "Bearer ${key}"`), url: `/v1?key=${key}` }, `Refused: ${key}.`);
    logger.info({ keys: [key, newApiKey()] }, 'Keys.');
    expect(lines.join('')).not.toContain(key.slice(3));
    expect(lines.join('').match(/mj_\*{3}/g)!.length).toBeGreaterThan(4);
    expect(lines.every((line) => JSON.parse(line) !== null)).toBe(true);
  });

  it('masks the passwords of addresses, whatever is wrong with the address', () => {
    const { lines, logger } = setup(true);
    for (const address of [
      'mariadb://mingjian:hunter2@db:3306/m',
      'mariadb://mingjian:hun@ter2/hunter2@db:port',
      'postgres://:hunter2@db',
    ]) {
      logger.error({ err: Object.assign(new TypeError('Invalid URL'), { input: address }) }, 'Not opened.');
      logger.error({ address }, `Not reached: ${address}`);
    }
    expect(lines.join('')).not.toContain('hunter2');
    expect(lines.every((line) => JSON.parse(line) !== null)).toBe(true);
    logger.info({ url: 'http://127.0.0.1:8080/docs', mail: 'a@b.example' }, 'Listening.');
    expect(lines.at(-1)).toContain('http://127.0.0.1:8080/docs","mail":"a@b.example"');
  });

  it('leaves out what a failed statement was given', () => {
    const { lines, logger } = setup(true);
    const error = Object.assign(new Error('UNIQUE constraint failed'), {
      query: 'INSERT …',
      parameters: ['张伟'],
    });
    logger.error({ err: error }, 'Not written.');
    expect(lines.join('')).not.toContain('张伟');
    expect(lines.join('')).toContain('UNIQUE constraint failed');
  });
});
