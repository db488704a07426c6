import { createI18n } from 'vue-i18n';
import domainZh from './domain.zh-CN';
import pagesZh from './pages.zh-CN';

const zh = { ...domainZh, ...pagesZh };
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
  if (language === 'en') {
    const [domain, pages] = await Promise.all([import('./domain.en'), import('./pages.en')]);
    i18n.global.setLocaleMessage('en', { ...domain.default, ...pages.default } as never);
  }
  i18n.global.locale.value = language;
  document.documentElement.lang = language;
}
