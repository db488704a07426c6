import { onBeforeUnmount, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue';
import type { Impact } from './answers';
import { cancelImpact, readImpact, startImpact } from './drafts-api';

const LOOK_AGAIN_MS = 1_000;
/** Most runs are short: they are looked at sooner in the beginning. */
const SOON_MS = 250;
const SOON_TIMES = 6;

/** The back-test of a draft; it runs on the server, and goes on when the page is left. */
export interface ImpactData {
  impact: ShallowRef<Impact | null>;
  error: Ref<unknown>;
  isRead: Ref<boolean>;
  /** Starts it anew; one that runs about an older content is ended first. */
  run: () => Promise<void>;
  cancel: () => Promise<void>;
  look: () => Promise<void>;
}

export function useImpact(id: () => number): ImpactData {
  const impact = shallowRef<Impact | null>(null);
  const error = ref<unknown>(null);
  const isRead = ref(false);
  let timer: number | undefined;
  let looked = 0;

  async function take(asked: () => Promise<{ impact: Impact | null }>): Promise<void> {
    clearTimeout(timer);
    const about = id();
    try {
      const { impact: found } = await asked();
      if (about !== id()) return;
      impact.value = found;
      error.value = null;
      isRead.value = true;
    } catch (reason) {
      error.value = reason;
    }
    clearTimeout(timer);
    if (error.value !== null || impact.value?.state !== 'running') looked = 0;
    else timer = window.setTimeout(() => void look(), looked++ < SOON_TIMES ? SOON_MS : LOOK_AGAIN_MS);
  }
  const look = (): Promise<void> => take(() => readImpact(id()));
  watch(
    id,
    () => {
      impact.value = null;
      isRead.value = false;
      void look();
    },
    { immediate: true },
  );
  onBeforeUnmount(() => clearTimeout(timer));
  return {
    impact,
    error,
    isRead,
    look,
    cancel: () => take(() => cancelImpact(id())),
    run: () =>
      take(async () => {
        if (impact.value?.state === 'running') await cancelImpact(id());
        return startImpact(id());
      }),
  };
}
