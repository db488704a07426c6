import { fileContext, mapRecord, parseJson, type Acceptance, type Decides } from '@mingjian/mapping';
import type { Settings } from '@mingjian/runtime';
import type { Publisher } from '../../intake/publish';
import type { JoinMemory } from './join-memory';

/**
 * Releases the records of earlier deliveries whose row has come: what they mean is published, and their quarantine is
 * ended. One that now waits for yet another row goes on waiting.
 * @returns how many were released.
 */
export async function releaseReady(
  memory: JoinMemory,
  publisher: Publisher,
  options: Decides & { settings: Pick<Settings, 'intakeBatch'> },
): Promise<number> {
  let released = 0;
  for (;;) {
    const ready = memory.ready(options.settings.intakeBatch);
    if (ready.length === 0) return released;
    const done: string[] = [];
    const acceptances: Acceptance[] = [];
    for (const { quarantine, raw } of ready) {
      const context = fileContext(quarantine.place, raw, options);
      const parsed = parseJson(raw, quarantine.place);
      const mapped = parsed.ok ? mapRecord(parsed.value, options.mapping, context, memory) : [];
      const further = mapped.find(({ waitsFor }) => waitsFor !== null)?.waitsFor;
      if (further) {
        memory.keepWaiting([{ quarantine, raw, waitsFor: further }]);
        continue;
      }
      acceptances.push(...mapped.map(({ acceptance }) => acceptance));
      const releasedat = new Date(options.clock.now()).toISOString();
      acceptances.push({ ok: false, quarantine: { ...quarantine, releasedat } });
      done.push(quarantine.id);
    }
    await publisher.publish(acceptances, 'release');
    memory.forget(done);
    released += done.length;
  }
}
