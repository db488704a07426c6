import { StepEventData, type TimelineEvent } from '@mingjian/contracts';
import type { HandoverVariant } from '@mingjian/store';

/** Written where something is not told. */
export const WITHHELD = '依规不予提供';

/** Why, as it stands on the page. */
export const WITHHELD_BECAUSE =
  '依照《信访工作条例》第三十条，不向被反映单位提供投诉人、评价人的身份信息及其反映材料。';

/** Members that lead to a person who applied, rated or complained. */
const PERSONAL: ReadonlySet<string> = new Set(['applicant', 'realName']);
/** Free texts and ids of persons that an event of somebody's complaint may hold. */
const OF_COMPLAINTS: ReadonlySet<string> = new Set([
  'reason',
  'result',
  'officer',
  'post',
  'notice',
  'rating',
]);
const KNOWN: ReadonlySet<string> = new Set(Object.keys(StepEventData.shape));

/**
 * What the unit concerned is told of an event: of members that we do not know nothing, since a name may stand there; of ratings and
 * complaints neither id nor words. 信访工作条例 Art. 30: 不得将信访人的检举、揭发材料以及有关情况透露或者转给被检举、揭发的人员或者单位.
 */
export function eventFor(variant: HandoverVariant, event: TimelineEvent): TimelineEvent {
  if (variant === 'inspection') return event;
  const isComplaint = /^(case\.rated|rating\.|complaint\.)/.test(event.type);
  const data = Object.fromEntries(
    Object.entries(event.data).filter(
      ([member]) => KNOWN.has(member) && !PERSONAL.has(member) && !(isComplaint && OF_COMPLAINTS.has(member)),
    ),
  ) as StepEventData;
  return isComplaint ? { ...event, id: WITHHELD, source: WITHHELD, data } : { ...event, data };
}

/** The same for the evidence of a finding. */
export function evidenceFor<T>(variant: HandoverVariant, detail: T): T {
  if (variant === 'inspection' || typeof detail !== 'object' || detail === null) return detail;
  return Object.fromEntries(Object.entries(detail).filter(([member]) => !PERSONAL.has(member))) as T;
}
