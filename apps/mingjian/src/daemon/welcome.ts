import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { BadInputError } from '@mingjian/contracts';
import type { Logger, Settings } from '@mingjian/runtime';
import { firstAdministratorText } from '../../../monitor/src/identity/first-administrator-text';
import type { Mode } from './data-dir';

/**
 * Listens on the configured port. The demonstration moves to a free one where that is taken; a real daemon does not,
 * because somebody has written its address down.
 * @throws BadInputError when the port is taken.
 */
export async function listen(
  app: NestFastifyApplication,
  { host, port }: Settings,
  isDemo: boolean,
  logger: Logger,
): Promise<string> {
  try {
    await app.listen(port, host);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    if (!isDemo)
      throw new BadInputError([
        {
          place: 'settings',
          field: 'MINGJIAN_PORT',
          expected: 'a free port',
          got: `${port}, which is taken`,
          hint: 'set another port; 0 takes any free one',
        },
      ]);
    logger.warn({ port }, 'The port is taken; the demonstration takes a free one.');
    await app.listen(0, host);
  }
  return (await app.getUrl()).replace('[::1]', 'localhost');
}

/** What the person at the terminal sees first: where to look. */
export function welcome(
  url: string,
  mode: Mode,
  demo: { speed: number; city: string } | null,
  auth: 'local' | 'demo',
  first: { name: string; oneTimePassword: string } | null,
): string {
  const lines = ['', `明鉴 Mingjian is running: ${url}`, `  metrics ${url}/metrics   API ${url}/docs`];
  if (demo !== null)
    lines.push(
      `  模拟数据 simulated city "${demo.city}"${mode === 'demo' ? `, demonstration clock ×${demo.speed}` : ', real time'}; four weeks of history come first`,
      '  without simulation: npm start -- --no-demo',
    );
  else lines.push('  register a source: bin/mingjian source add urn:dept:… --department CODE');
  if (auth === 'demo')
    lines.push(
      '  无需登录 nobody signs in: whoever is at this machine is inspector and administrator of the demonstration',
    );
  if (first !== null) lines.push(firstAdministratorText(first));
  lines.push('  stop with Ctrl-C', '', '');
  return lines.join('\n');
}
