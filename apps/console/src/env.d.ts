/// <reference types="vite/client" />
declare module 'element-plus/es/locale/lang/*.mjs' {
  import type { Language } from 'element-plus/es/locale/index.mjs';
  const words: Language;
  export default words;
}
/** For tools that read no `.vue` files; vue-tsc knows them by itself. */
declare module '*.vue' {
  import type { DefineComponent } from 'vue';
  const component: DefineComponent;
  export default component;
}
