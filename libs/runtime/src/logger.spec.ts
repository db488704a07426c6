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
});
