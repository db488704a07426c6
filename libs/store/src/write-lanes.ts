/**
 * One write transaction after another, in the order asked for. SQLite has one connection that writes: two
 * interleaved transactions on it would be one.
 */
export class WriteQueue {
  private tail: Promise<unknown> = Promise.resolve();

  run<T>(work: () => Promise<T>): Promise<T> {
    const result = this.tail.then(work);
    // The next in the queue runs whatever became of this one.
    this.tail = result.then(
      () => undefined,
      () => undefined,
    );
    return result;
  }
}
