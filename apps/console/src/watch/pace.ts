/** How often something may happen. */

/** Acts once it has been quiet for `ms`. */
export function debounce(act: () => void, ms: number): () => void {
  let timer: number | undefined;
  return () => {
    clearTimeout(timer);
    timer = window.setTimeout(act, ms);
  };
}

/** Acts at once, then at most once per `ms`; the last call is never lost. */
export function throttle(act: () => void, ms: number): () => void {
  let timer: number | null = null;
  let wanted = false;
  const run = (): void => {
    act();
    wanted = false;
    timer = window.setTimeout(() => {
      timer = null;
      if (wanted) run();
    }, ms);
  };
  return () => {
    wanted = true;
    if (timer === null) run();
  };
}
