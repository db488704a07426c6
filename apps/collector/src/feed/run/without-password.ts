/** A text in which no address shows its password: drivers and checks repeat the address that they were given. */
export function withoutPassword(text: string): string {
  //=> withoutPassword('mysql://reader:secret@host/db') === 'mysql://reader:***@host/db'
  return text.replace(/:\/\/([^:@/\s]*):[^@\s]*@/g, '://$1:***@');
}
