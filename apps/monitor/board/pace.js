/** How often something may happen. */

/** Acts once it has been quiet for `ms`. */
export function debounce(act, ms) {
  let timer;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(act, ms);
  };
}

/** Acts at once, then at most once per `ms`; the last call is never lost. */
export function throttle(act, ms) {
  let timer = null;
  let wanted = false;
  const run = () => {
    act();
    wanted = false;
    timer = setTimeout(() => {
      timer = null;
      if (wanted) run();
    }, ms);
  };
  return () => {
    wanted = true;
    if (timer === null) run();
  };
}
