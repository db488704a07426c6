import { createHash } from 'node:crypto';
import type { StepEvent } from '@mingjian/contracts';

/**
 * Remembers events that stand in many records of one file, so that each is published once a run.
 * Bounded: beyond `most` the oldest is forgotten; its repeat is then published again and known as a duplicate later.
 */
export class Repeats {
  private readonly seen = new Map<string, string>();

  constructor(private readonly most = 200_000) {}

  /**
   * Whether the same event was seen before. One with the same id and other content is none: two records contradict each
   * other, and that must come to light.
   */
  isRepeat(event: StepEvent): boolean {
    const content = createHash('sha256')
      .update(JSON.stringify({ ...event, receivedat: undefined }))
      .digest('base64');
    if (this.seen.get(event.id) === content) return true;
    if (this.seen.size >= this.most) {
      const [oldest] = this.seen.keys();
      if (oldest !== undefined) this.seen.delete(oldest);
    }
    this.seen.set(event.id, content);
    return false;
  }
}
