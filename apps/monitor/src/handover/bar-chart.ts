import { escaped } from './escaped';

/** A bar of a chart: its value decides the length, its text is what people read. */
export interface Bar {
  name: string;
  value: number;
  text: string;
}

/* In units of the drawing: a line of text is 10 high. */
const [WIDTH, ROW, NAMES, VALUES] = [640, 22, 190, 90];
/** Characters of a name that fit before the bars. */
const MOST_CHARACTERS = 14;

/** Bars lying down, black on white as it will be printed; without a script. The names and values can be read out. */
export function barChart(title: string, bars: readonly Bar[]): string {
  const most = Math.max(...bars.map(({ value }) => value), 0) || 1;
  const room = WIDTH - NAMES - VALUES;
  const height = ROW * (bars.length + 1) + 8;
  const rows = bars.map(({ name, value, text }, index) => {
    const y = ROW * (index + 1);
    const length = Math.max(0, Math.round((value / most) * room));
    const shown = name.length > MOST_CHARACTERS ? `${name.slice(0, MOST_CHARACTERS - 1)}…` : name;
    return (
      `<text x="${NAMES - 6}" y="${y + 15}" text-anchor="end">${escaped(shown)}</text>` +
      `<rect x="${NAMES}" y="${y + 4}" width="${length}" height="${ROW - 8}" fill="#555"/>` +
      `<text x="${NAMES + length + 5}" y="${y + 15}">${escaped(text)}</text>`
    );
  });
  return (
    `<svg role="img" aria-label="${escaped(title)}" viewBox="0 0 ${WIDTH} ${height}" xmlns="http://www.w3.org/2000/svg" ` +
    `font-family="SimHei, 'Heiti SC', 'Noto Sans CJK SC', sans-serif" font-size="12">` +
    `<text x="0" y="15" font-weight="bold">${escaped(title)}</text>${rows.join('')}</svg>`
  );
}

const LONGEST = 16;

/** The same for a document without pictures: name, bar of blocks, value. */
export function barsAsText(bars: readonly Bar[]): string[][] {
  const most = Math.max(...bars.map(({ value }) => value), 0) || 1;
  return bars.map(({ name, value, text }) => [
    name,
    '■'.repeat(Math.max(value > 0 ? 1 : 0, Math.round((value / most) * LONGEST))),
    text,
  ]);
}
