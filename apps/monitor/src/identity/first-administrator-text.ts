/** What the person who starts a site for the first time is shown, this once. */
export function firstAdministratorText(first: { name: string; oneTimePassword: string }): string {
  return [
    '',
    `  首次登录 first sign-in: account ${first.name}, one-time password ${first.oneTimePassword}`,
    '  shown this once, good for three days, changed at the first sign-in; a new one: bin/mingjian user reset ' +
      first.name,
    '',
  ].join('\n');
}
