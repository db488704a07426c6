/**
 * Write transactions in the order asked for, those of one lane one after another, those of different lanes beside each
 * other. Work without a lane waits for all that was asked for before, and all that is asked for later waits for it.
 */
export class WriteLanes {
  private readonly tails = new Map<number, Promise<unknown>>();
  private alone: Promise<unknown> = Promise.resolve();

  run<T>(work: () => Promise<T>, lanes: readonly number[] | null): Promise<T> {
    const before =
      lanes === null ? [...this.tails.values()] : lanes.flatMap((lane) => this.tails.get(lane) ?? []);
    const result = Promise.all([this.alone, ...before]).then(work);
    // The next in line runs whatever became of this one.
    const tail = result.then(
      () => undefined,
      () => undefined,
    );
    if (lanes === null) {
      this.alone = tail;
      this.tails.clear();
    } else for (const lane of lanes) this.tails.set(lane, tail);
    return result;
  }
}
