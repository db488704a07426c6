import type { ForensicFinding } from '@mingjian/rules';
import { maskPerson } from './mask';

/** A finding about an officer: the code stays, a name that a department sent in its place does not. */
export function withMaskedOfficer(finding: ForensicFinding): ForensicFinding {
  const { scope, subject, figures } = finding;
  const [department, ...officer] = subject.split('/');
  return {
    ...finding,
    subject: scope === 'officer' ? `${department}/${maskPerson(officer.join('/'))}` : subject,
    figures: {
      ...figures,
      ...(typeof figures.officer === 'string' ? { officer: maskPerson(figures.officer) } : {}),
    },
  };
}
