/** How many columns of a terminal or a sheet a text takes: a Chinese character is twice as wide as a digit. */
export function textWidth(text: string): number {
  return [...text].reduce((width, character) => width + (character > '⺀' ? 2 : 1), 0);
}
