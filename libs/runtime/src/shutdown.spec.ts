import { createLogger } from './logger';
import { Shutdown } from './shutdown';

function setup(boundMs = 1000) {
  const stopped: string[] = [];
  const shutdown = new Shutdown(boundMs, createLogger({ level: 'silent' }));
  return { stopped, shutdown };
}

describe('an orderly stop', () => {
  it('runs the steps in the order of their registration, once', async () => {
    const { stopped, shutdown } = setup();
    shutdown
      .step('feed', async () => void stopped.push('feed'))
      .step('intake', () => stopped.push('intake'))
      .step('store', () => stopped.push('store'));
    const [first, second] = await Promise.all([shutdown.run('test'), shutdown.run('again')]);
    expect(stopped).toEqual(['feed', 'intake', 'store']);
    expect(first).toEqual({ finished: ['feed', 'intake', 'store'], failed: [], unfinished: [] });
    expect(second).toBe(first);
  });

  it('goes on after a step that throws', async () => {
    const { stopped, shutdown } = setup();
    shutdown
      .step('feed', () => {
        throw new Error('broken');
      })
      .step('store', () => stopped.push('store'));
    expect(await shutdown.run('test')).toEqual({ finished: ['store'], failed: ['feed'], unfinished: [] });
  });

  it('is bounded, and says what did not stop', async () => {
    const { stopped, shutdown } = setup(20);
    shutdown
      .step('feed', () => stopped.push('feed'))
      .step('intake', () => new Promise(() => undefined))
      .step('store', () => stopped.push('store'));
    expect(await shutdown.run('test')).toEqual({
      finished: ['feed'],
      failed: [],
      unfinished: ['intake', 'store'],
    });
    expect(stopped).toEqual(['feed']);
  });
});
