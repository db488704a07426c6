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

  describe('on a signal', () => {
    afterEach(() => ['SIGTERM', 'SIGINT'].forEach((signal) => process.removeAllListeners(signal)));
    const signalled = (shutdown: Shutdown) =>
      new Promise<number>((resolve) => {
        shutdown.onSignals(resolve);
        process.emit('SIGTERM', 'SIGTERM');
      });

    it('that comes while the process starts, waits until that is over and stops what was opened meanwhile', async () => {
      const { stopped, shutdown } = setup();
      const isStarted = shutdown.starting();
      const ended = signalled(shutdown);
      shutdown.step('store', () => stopped.push('store'));
      await new Promise((resolve) => setImmediate(resolve));
      expect(stopped).toEqual([]);
      isStarted();
      expect(await ended).toBe(0);
      expect(stopped).toEqual(['store']);
    });

    it('does not wait for a start that takes longer than the bound, and stops what it opened when it ends', async () => {
      const { stopped, shutdown } = setup(20);
      const isStarted = shutdown.starting();
      expect(await signalled(shutdown)).toBe(70);
      await new Promise<void>((resolve) => {
        shutdown.step('store', () => stopped.push('store')).step('last', resolve);
        expect(stopped).toEqual([]);
        isStarted();
      });
      expect(stopped).toEqual(['store']);
    });

    it('does not wait for a start that was given up', async () => {
      const { stopped, shutdown } = setup();
      shutdown.starting();
      shutdown.step('store', () => stopped.push('store'));
      const ended = signalled(shutdown);
      await shutdown.run('the start failed');
      expect([await ended, stopped]).toEqual([0, ['store']]);
    });

    it('does not wait for a second one', async () => {
      const { shutdown } = setup();
      shutdown.starting();
      const codes: number[] = [];
      const ended = new Promise<void>((resolve) =>
        shutdown.onSignals((code) => {
          codes.push(code);
          resolve();
        }),
      );
      process.emit('SIGTERM', 'SIGTERM');
      process.emit('SIGTERM', 'SIGTERM');
      await ended;
      expect(codes).toEqual([130]);
    });
  });
});
