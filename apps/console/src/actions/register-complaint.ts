import { useI18n } from 'vue-i18n';
import { api, read } from '../api/client';
import type { AskedAct } from './act-form';
import { departmentChoices } from './departments';

const CHANNELS = ['window', '12345', 'web', 'mail', 'rating'] as const;
const KINDS = [
  'delay',
  'extra-material',
  'extra-condition',
  'refusal',
  'shirking',
  'attitude',
  'fee',
  'integrity',
  'other',
] as const;

/** Under which limits a kind of office handles complaints: a site writes its own. */
export interface ComplaintPolicy {
  code: string;
  name: string;
}

/** 投诉登记. `done` is told the id. */
export function useRegisterComplaint(
  done: (id: number) => void,
): (policies: readonly ComplaintPolicy[]) => AskedAct {
  const { t } = useI18n();
  const field = (name: string): string => t(`actions.complaintField.${name}`);
  return (policies) => ({
    title: t('actions.registerComplaint'),
    hint: t('actions.complainantHint'),
    fields: [
      {
        name: 'policy',
        label: field('policy'),
        kind: 'choice',
        choices: policies.map(({ code, name }) => [code, name]),
      },
      {
        name: 'channel',
        label: field('channel'),
        kind: 'choice',
        choices: CHANNELS.map((one) => [one, t(`actions.complaintChannel.${one}`)]),
      },
      {
        name: 'kind',
        label: field('kind'),
        kind: 'choice',
        choices: KINDS.map((one) => [one, t(`actions.complaintKind.${one}`)]),
      },
      { name: 'department', label: field('department'), kind: 'choice', choices: departmentChoices() },
      { name: 'title', label: field('title'), kind: 'text', most: 200 },
      { name: 'request', label: field('request'), kind: 'long', most: 2000 },
      { name: 'content', label: field('content'), kind: 'long', isOptional: true, most: 4000 },
      { name: 'caseNo', label: t('case.number'), kind: 'text', isOptional: true, most: 64 },
      { name: 'name', label: field('name'), kind: 'text', isOptional: true, most: 64 },
      { name: 'phone', label: field('phone'), kind: 'text', isOptional: true, most: 20 },
    ],
    run: async ({ name, phone, ...written }, key) => {
      const body = {
        policy: written['policy'] ?? '',
        channel: CHANNELS.find((one) => one === written['channel']) ?? 'window',
        kind: KINDS.find((one) => one === written['kind']) ?? 'other',
        department: written['department'] ?? '',
        title: written['title'] ?? '',
        request: written['request'] ?? '',
        ...(written['content'] === undefined ? {} : { content: written['content'] }),
        ...(written['caseNo'] === undefined ? {} : { caseNo: written['caseNo'] }),
        ...(name === undefined ? {} : { complainant: { name, ...(phone === undefined ? {} : { phone }) } }),
      };
      const answer = await read<{ complaint: { id: number } }>(
        api.POST('/v1/complaints', { body, params: { header: { 'Idempotency-Key': key } } }),
      );
      done(answer.complaint.id);
    },
  });
}
