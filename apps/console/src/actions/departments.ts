import { overview } from '../api/overview';

/** The departments of the site, to choose from: code and name. */
export function departmentChoices(): [string, string][] {
  return (overview.value?.departments ?? []).flatMap((one): [string, string][] =>
    one.department === null ? [] : [[one.department, one.departmentName ?? one.department]],
  );
}
