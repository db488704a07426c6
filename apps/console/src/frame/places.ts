/** Where the frame leads, in its order. */
export interface Place {
  name: string;
  to: string;
}

export const PLACES: readonly Place[] = [
  { name: 'watch', to: '/watch' },
  { name: 'case', to: '/cases' },
];
