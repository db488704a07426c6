import { onBeforeUnmount, onMounted } from 'vue';

/** What keys do; by `event.key`. */
export type Keys = Readonly<Record<string, () => void>>;

/** Keys of the page, for as long as the component is there. Typing and dialogs are left alone. */
export function useKeys(keys: Keys): void {
  const pressed = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target as HTMLElement;
    if (/^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName) || target.isContentEditable) return;
    if (document.querySelector('dialog[open], .el-overlay:not([style*="display: none"])') !== null) return;
    // Space and Enter belong to whatever has the focus.
    if (event.key === 'Enter' && /^(A|BUTTON|SUMMARY)$/.test(target.tagName)) return;
    const act = Object.hasOwn(keys, event.key) ? keys[event.key] : undefined;
    if (act === undefined) return;
    event.preventDefault();
    act();
  };
  onMounted(() => document.addEventListener('keydown', pressed));
  onBeforeUnmount(() => document.removeEventListener('keydown', pressed));
}

/** Ctrl+S, or ⌘S: saves what is written on this page, also out of a field; the browser's own page is not meant. */
export function useSaveKey(save: () => void): void {
  const pressed = (event: KeyboardEvent): void => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 's') return;
    event.preventDefault();
    save();
  };
  onMounted(() => document.addEventListener('keydown', pressed));
  onBeforeUnmount(() => document.removeEventListener('keydown', pressed));
}
