import { goodSourceKeys, listAccounts, listContacts, type SourceKeyRow, type Store } from '@mingjian/store';
import type { Presenter } from '../api/present';
import { approvedRegister, senderIn } from './approved-register';

/**
 * The register of sources as people read it: who may send, with the keys that are good; and who was heard of, or has a key, and is
 * not in it. @param now by the machine's clock, as keys age.
 */
export async function readRegister(store: Store, present: Presenter, now: number): Promise<object> {
  const register = await approvedRegister(store);
  const contacts = new Map((await listContacts(store)).map((contact) => [contact.source, contact]));
  const names = new Map((await listAccounts(store)).map(({ id, displayName }) => [id, displayName]));
  const keys = new Map<string, object[]>();
  for (const { source, ...key } of await goodSourceKeys(store, now))
    keys.set(source, [...(keys.get(source) ?? []), shown(key, names, present)]);
  const lastReceivedAt = (source: string): string | null =>
    present.timeOrNull(contacts.get(source)?.lastReceivedAt ?? null);
  const others = new Set([...contacts.keys(), ...keys.keys()]);
  return {
    register:
      register === null
        ? null
        : {
            ...{ id: register.document.id, version: register.document.version },
            draft: register.document.approved,
          },
    senders: Object.entries(register?.parsed.senders ?? {}).map(([source, sender]) => ({
      ...{ source, department: sender.department },
      departmentName: present.departmentName(sender.department),
      ...{ title: sender.title ?? null, contact: sender.contact ?? null, note: sender.note ?? null },
      lastReceivedAt: lastReceivedAt(source),
      keys: keys.get(source) ?? [],
    })),
    unregistered: [...others]
      .filter((source) => senderIn(register, source) === undefined)
      .sort()
      .map((source) => ({
        ...{ source, department: contacts.get(source)?.department ?? null },
        lastReceivedAt: lastReceivedAt(source),
        keys: keys.get(source) ?? [],
      })),
  };
}

function shown(
  { id, issuedAt, issuedBy, endsAt, lastUsedAt }: Omit<SourceKeyRow, 'source'>,
  names: ReadonlyMap<string, string>,
  present: Presenter,
): object {
  return {
    ...{ id, issuedAt: present.time(issuedAt), issuedBy: names.get(issuedBy) ?? issuedBy },
    ...{ endsAt: present.timeOrNull(endsAt), lastUsedAt: present.timeOrNull(lastUsedAt) },
  };
}
