const SECRET_NAME = /password|secret|token|api_?key|private_?key/i;
/** `//user:password@`, as addresses of databases and brokers carry it; `…` where a long one was cut. */
const CREDENTIALS = /(\/\/[^/\s:@"']*:)[^\s"'…]*([@…])/g;

/** The same text with the passwords of addresses masked; also where the address is wrong in other ways. */
export function withoutCredentials(text: string): string {
  //=> withoutCredentials('mariadb://u:p@db/m') === 'mariadb://u:***@db/m'
  return text.replace(CREDENTIALS, '$1***$2');
}

/** Whether a setting of this name is a secret by itself. Names of files that hold one are none. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name) && !/_?FILE$/i.test(name);
}
