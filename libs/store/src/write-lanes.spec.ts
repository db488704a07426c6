import { WriteLanes } from './write-lanes';

/** Work that ends when it is told to, and notes its beginning. */
function held(name: string, begun: string[]): { work: () => Promise<string>; end: () => void } {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  return {
    work: async () => {
      begun.push(name);
      await ended;
      return name;
    },
    end: () => end(),
  };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('the lanes of writing', () => {
  it('runs work of different lanes beside each other and of one lane one after another', async () => {
    const lanes = new WriteLanes();
    const begun: string[] = [];
    const [a, b, c] = [held('a', begun), held('b', begun), held('c', begun)];
    const first = lanes.run(a.work, [1]);
    void lanes.run(b.work, [2]);
    const third = lanes.run(c.work, [1]);
    await turn();
    expect(begun).toEqual(['a', 'b']);
    a.end();
    expect(await first).toBe('a');
    await turn();
    expect(begun).toEqual(['a', 'b', 'c']);
    b.end();
    c.end();
    await third;
  });

  it('lets work of several lanes wait for each of them', async () => {
    const lanes = new WriteLanes();
    const begun: string[] = [];
    const [a, b, both] = [held('a', begun), held('b', begun), held('both', begun)];
    void lanes.run(a.work, [1]);
    void lanes.run(b.work, [2]);
    const last = lanes.run(both.work, [2, 1]);
    a.end();
    await turn();
    expect(begun).toEqual(['a', 'b']);
    b.end();
    both.end();
    expect(await last).toBe('both');
  });

  it('runs work without a lane alone', async () => {
    const lanes = new WriteLanes();
    const begun: string[] = [];
    const [a, alone, after] = [held('a', begun), held('alone', begun), held('after', begun)];
    void lanes.run(a.work, [1]);
    void lanes.run(alone.work, null);
    const last = lanes.run(after.work, [2]);
    await turn();
    expect(begun).toEqual(['a']);
    a.end();
    await turn();
    expect(begun).toEqual(['a', 'alone']);
    alone.end();
    after.end();
    await last;
    expect(begun).toEqual(['a', 'alone', 'after']);
  });

  it('goes on after work that failed', async () => {
    const lanes = new WriteLanes();
    const failed = lanes.run(() => Promise.reject(new Error('no')), [1]);
    await expect(failed).rejects.toThrow('no');
    expect(await lanes.run(() => Promise.resolve('next'), [1])).toBe('next');
  });
});
