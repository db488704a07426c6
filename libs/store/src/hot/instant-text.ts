/** An instant as the database holds it: UTC, to the millisecond, `2026-11-22 05:07:00.000`. */
export function instantText(ms: number): string {
  const text = new Date(ms).toISOString();
  return `${text.slice(0, 10)} ${text.slice(11, 23)}`;
}

/** Reads what {@link instantText} wrote, or the Date that a driver made of it. */
export function instantOf(value: string | Date): number {
  return typeof value === 'string' ? Date.parse(`${value.replace(' ', 'T')}Z`) : value.getTime();
}
