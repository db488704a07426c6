import { readFileSync } from 'node:fs';
import { BadInputError, parseYamlDocument, SignInDocument, type Problem } from '@mingjian/contracts';
import type { Settings } from '@mingjian/runtime';

/** Where the provider sends browsers back to. */
export const CALLBACK_PATH = '/v1/session/oidc/callback';

/** Where the provider's server says that somebody is signed out. */
export const SIGN_OUT_PATH = '/v1/session/oidc/backchannel-logout';

/** The provider by which people sign in, and what its claims give. */
export interface OidcSettings {
  issuer: string;
  clientId: string;
  /** Empty: a public client. */
  clientSecret: string;
  /** Address of {@link CALLBACK_PATH} as browsers reach it, and as the provider has it registered. */
  redirect: string;
  rules: SignInDocument;
}

/**
 * The settings of sign-in by a provider; null: there is none.
 * @throws BadInputError naming every setting that is missing, and what is wrong with the document.
 */
export function oidcSettingsOf(settings: Settings): OidcSettings | null {
  const { oidcIssuer, oidcClientId, oidcClientSecret, oidcRedirect, oidcRules, publicUrl } = settings;
  if (oidcIssuer === '') return null;
  const redirect = oidcRedirect === '' && publicUrl !== '' ? publicUrl + CALLBACK_PATH : oidcRedirect;
  const problems: Problem[] = [];
  const missing = (field: string, expected: string): void =>
    void problems.push({ place: 'settings', field, expected, got: 'nothing', hint: '' });
  if (oidcClientId === '') missing('MINGJIAN_OIDC_CLIENT_ID', 'the client id of this site at the provider');
  if (oidcRules === '') missing('MINGJIAN_OIDC_RULES', 'a sign-in document (docs/security.md)');
  if (redirect === '') missing('MINGJIAN_OIDC_REDIRECT', `an address that ends with ${CALLBACK_PATH}`);
  else if (publicUrl !== '' && new URL(publicUrl).origin !== new URL(redirect).origin)
    problems.push({
      place: 'settings',
      field: 'MINGJIAN_OIDC_REDIRECT',
      expected: `an address of ${publicUrl}`,
      got: redirect,
      hint: 'browsers bring the cookie of the page only back to the host that gave it',
    });
  if (problems.length > 0) throw new BadInputError(problems);
  return {
    issuer: oidcIssuer,
    clientId: oidcClientId,
    clientSecret: oidcClientSecret,
    redirect,
    rules: parseYamlDocument(textOf(oidcRules), oidcRules, SignInDocument),
  };
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new BadInputError([
      {
        place: 'settings',
        field: 'MINGJIAN_OIDC_RULES',
        expected: 'a file that can be read',
        got: (error as Error).message,
        hint: 'give the path of the sign-in document',
      },
    ]);
  }
}
