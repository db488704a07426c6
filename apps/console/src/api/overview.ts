import { ref, shallowRef } from 'vue';
import { setClock } from '../time/page-clock';
import type { Overview } from './answers';
import { api, ApiError, read } from './client';

const EVERY_MS = 3_000;
const EVERY_MS_UNSEEN = 15_000;

/** The newest overview; null before the first. */
export const overview = shallowRef<Overview | null>(null);
/** When it came, by the page's own clock; and how many answers were missed since. */
export const lastAnswerAt = ref(performance.now());
export const failures = ref(0);
let timer: number | undefined;
let running = false;

/** Asks for the overview again and again; less often while nobody looks. */
export function startOverview(): void {
  if (running) return;
  running = true;
  void poll();
  document.addEventListener('visibilitychange', lookAgain);
}

export function stopOverview(): void {
  running = false;
  clearTimeout(timer);
  document.removeEventListener('visibilitychange', lookAgain);
}

function lookAgain(): void {
  if (document.visibilityState !== 'visible') return;
  clearTimeout(timer);
  void poll();
}

async function poll(): Promise<void> {
  try {
    const answer = await read<Overview>(api.GET('/v1/overview'));
    overview.value = answer;
    lastAnswerAt.value = performance.now();
    failures.value = 0;
    setClock(answer.now, answer.demo?.speed ?? 1);
  } catch (error) {
    // Who may not read it is told so by the page; the connection is well.
    if (error instanceof ApiError && error.status === 403) lastAnswerAt.value = performance.now();
    else failures.value++;
  }
  if (running)
    timer = window.setTimeout(
      () => void poll(),
      document.visibilityState === 'visible' ? EVERY_MS : EVERY_MS_UNSEEN,
    );
}
