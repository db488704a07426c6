/** Clocks of two machines differ by so much without either being wrong. */
export const CLOCK_TOLERANCE_SECONDS = 60;
