import { BadInputError, toTimelineEvent, type TimelineEvent } from '@mingjian/contracts';
import { emptyPreviewSum, loadMapping, previewFiles } from '@mingjian/mapping';
import type { Io } from '../cli/io';
import { settingsOf } from '../engines';

/**
 * Records of files that a mapping turns into step events, grouped by case number. When this machine reads them says
 * nothing about when anybody recorded them: the events have no instant of receipt.
 * @throws BadInputError when a file cannot be used, or a record of it cannot: half a timeline would accuse somebody wrongly
 */
export async function readMappedEvents(
  files: readonly string[],
  mappingFile: string,
  io: Io,
): Promise<Map<string, TimelineEvent[]>> {
  const { settings } = settingsOf('live');
  const mapping = loadMapping(mappingFile);
  const clock = { now: () => io.now() };
  const timelines = new Map<string, TimelineEvent[]>();
  for await (const { events, rejects } of previewFiles(
    { files, mapping, limit: null, settings, clock },
    emptyPreviewSum(),
  )) {
    if (rejects.length > 0) throw new BadInputError(rejects.map(({ problem }) => problem));
    for (const { event } of events) {
      const timeline = timelines.get(event.subject) ?? [];
      timelines.set(event.subject, timeline);
      timeline.push({ ...toTimelineEvent(event), receivedAt: null });
    }
  }
  return timelines;
}
