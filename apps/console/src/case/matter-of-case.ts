import type { MatterEvent } from '../actions/answers';
import type { Light } from '../api/answers';

/** An order, appeal, card, complaint or rating appeal about a case; what was done about it is read when somebody wants to see it. */
export interface MatterOfCase {
  /** Part of 处置 that it belongs to: `orders`. */
  kind: string;
  id: number;
  no: string;
  light: Light;
  title: string;
  stateName: string;
  events: () => Promise<MatterEvent[]>;
}
