import { createI18n } from 'vue-i18n';
import zh from './zh-CN';

export type Words = typeof zh;
export type Language = 'zh-CN' | 'en';

/** Chinese is always there; English is fetched by whoever asks for it. */
export const i18n = createI18n<[Words], 'zh-CN' | 'en', false>({
  legacy: false,
  locale: 'zh-CN',
  fallbackLocale: 'zh-CN',
  messages: { 'zh-CN': zh } as never,
  // Chinese and English each have one form for every number here.
  pluralRules: {},
});

/** Switches the language of the page. */
export async function speak(language: Language): Promise<void> {
  if (language === 'en') i18n.global.setLocaleMessage('en', (await import('./en')).default as never);
  i18n.global.locale.value = language;
  document.documentElement.lang = language;
}
