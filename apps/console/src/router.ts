import { createRouter, createWebHistory } from 'vue-router';

declare module 'vue-router' {
  interface RouteMeta {
    /** Key of the place's name. */
    place?: string;
    /** Shown without the frame around it. */
    bare?: boolean;
  }
}

/** The five places, and what stands beside them. Each is loaded when somebody goes there. */
export const router = createRouter({
  history: createWebHistory(),
  scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? false : { top: 0 }),
  routes: [
    { path: '/', redirect: '/watch' },
    { path: '/watch', component: () => import('./watch/WatchPage.vue'), meta: { place: 'watch' } },
    { path: '/cases', component: () => import('./case/FindCase.vue'), meta: { place: 'case' } },
    {
      path: '/cases/:id',
      component: () => import('./case/CasePage.vue'),
      props: true,
      meta: { place: 'case' },
    },
    { path: '/:rest(.*)*', component: () => import('./frame/NotThere.vue') },
  ],
});
