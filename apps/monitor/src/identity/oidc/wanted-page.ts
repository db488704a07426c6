/** Any host: addresses are resolved against it to see whether they lead away. */
const HERE = 'http://here.invalid';
const LONGEST = 300;

/**
 * The page of ours that somebody wanted before they signed in, as path, query and fragment; whatever leads elsewhere, or is
 * too long to be kept, is the first page.
 */
export function wantedPage(to: unknown): string {
  //=> wantedPage('/cases/C-1?tab=2#top') === '/cases/C-1?tab=2#top'
  //=> wantedPage('//evil.example') === '/'
  if (typeof to !== 'string' || !URL.canParse(to, HERE)) return '/';
  const { origin, pathname, search, hash } = new URL(to, HERE);
  if (origin !== HERE) return '/';
  // `/.//evil.example` becomes `//evil.example`, which a browser takes for a host.
  const page = pathname.replace(/^\/+/, '/') + search + hash;
  return page.length > LONGEST ? '/' : page;
}
