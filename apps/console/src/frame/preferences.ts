import { ref, watch } from 'vue';
import type { Language } from '../words';

export const THEMES = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** What somebody chose for this browser; a browser that keeps nothing shows the defaults. */
export const theme = ref<Theme>(kept('theme', THEMES, 'auto'));
export const language = ref<Language>(kept('language', ['zh-CN', 'en'], 'zh-CN'));

const dark = window.matchMedia('(prefers-color-scheme: dark)');

/** Puts the theme on, and keeps it in step with the choice and the system. */
export function wearTheme(): void {
  const wear = (): void => {
    const isDark = theme.value === 'dark' || (theme.value === 'auto' && dark.matches);
    document.documentElement.classList.toggle('dark', isDark);
  };
  wear();
  dark.addEventListener('change', wear);
  watch(theme, wear);
  watch([theme, language], () => {
    keep('theme', theme.value);
    keep('language', language.value);
  });
}

function kept<Value extends string>(name: string, known: readonly Value[], otherwise: Value): Value {
  try {
    const value = localStorage.getItem(`mingjian.${name}`);
    return known.find((one) => one === value) ?? otherwise;
  } catch {
    return otherwise;
  }
}

function keep(name: string, value: string): void {
  try {
    localStorage.setItem(`mingjian.${name}`, value);
  } catch {
    // Where nothing may be kept, the choice holds for this page.
  }
}
