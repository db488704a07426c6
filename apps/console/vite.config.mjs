import vue from '@vitejs/plugin-vue';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const monitor = process.env.CONSOLE_MONITOR ?? 'http://127.0.0.1:8080';

/** The console is built beside the processes, which serve it. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [vue()],
  define: { __VUE_OPTIONS_API__: false, __VUE_PROD_DEVTOOLS__: false },
  build: {
    outDir: '../../dist/apps/console',
    // Pages that are open load some of their files late, also after an update.
    emptyOutDir: false,
    // Browsers of government offices are often some years old.
    target: 'chrome87',
    // The content policy has no `data:` for fonts and scripts, and hashed files are cached for ever.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 700,
  },
  // For work on the console: pages from here, data from a running monitor.
  server: { proxy: { '/v1': monitor } },
});
