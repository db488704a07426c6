import { createApp } from 'vue';
import App from './App.vue';
import { onSignedOut } from './api/client';
import { session } from './api/session';
import { router } from './router';
import { startTicking } from './time/page-clock';
import { i18n, speak } from './words';
import { language, wearTheme } from './frame/preferences';
import 'element-plus/theme-chalk/base.css';
import './theme/tokens.css';
import './theme/base.css';
import './theme/print.css';

wearTheme();
onSignedOut(() => {
  session.value = null;
  const { path, fullPath } = router.currentRoute.value;
  if (path !== '/login') void router.push({ path: '/login', query: { to: fullPath } });
});
// After an update the files of the page before are gone: the page is fetched anew.
window.addEventListener('vite:preloadError', () => window.location.reload());
startTicking();
void speak(language.value).then(async () => {
  const app = createApp(App).use(i18n).use(router);
  // Before the first place is known the frame would stand around the page of signing in, ask for what nobody may have, and
  // be sent there anew, without the reason that its address gives.
  await router.isReady().catch(() => undefined);
  app.mount('#console');
});
