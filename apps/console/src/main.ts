import { createApp } from 'vue';
import App from './App.vue';
import { router } from './router';
import { startTicking } from './time/page-clock';
import { i18n, speak } from './words';
import { language, wearTheme } from './frame/preferences';
import 'element-plus/theme-chalk/base.css';
import './theme/tokens.css';
import './theme/base.css';
import './theme/print.css';

wearTheme();
startTicking();
void speak(language.value).then(() => createApp(App).use(i18n).use(router).mount('#console'));
