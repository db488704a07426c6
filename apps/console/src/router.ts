import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router';
import { isOfDepartment, loadSession, session } from './api/session';

declare module 'vue-router' {
  interface RouteMeta {
    /** Key of the place's name. */
    place?: string;
    /** Shown without the frame around it. */
    bare?: boolean;
    /** Asks nobody who they are. */
    open?: boolean;
  }
}

/** The five places, and what stands beside them. Each is loaded when somebody goes there. */
const routes: RouteRecordRaw[] = [
  { path: '/', redirect: () => (isOfDepartment.value ? '/mine' : '/watch') },
  { path: '/watch', component: () => import('./watch/WatchPage.vue'), meta: { place: 'watch' } },
  { path: '/cases', component: () => import('./case/FindCase.vue'), meta: { place: 'case' } },
  {
    path: '/cases/:id',
    component: () => import('./case/CasePage.vue'),
    props: true,
    meta: { place: 'case' },
  },
  { path: '/mine', component: () => import('./mine/MinePage.vue'), meta: { place: 'mine' } },
  { path: '/actions', redirect: '/actions/orders' },
  {
    path: '/actions/orders',
    component: () => import('./actions/OrdersPage.vue'),
    meta: { place: 'actions' },
  },
  {
    path: '/actions/orders/:id(\\d+)',
    component: () => import('./actions/OrderPage.vue'),
    props: true,
    meta: { place: 'actions' },
  },
  {
    path: '/actions/appeals',
    component: () => import('./actions/AppealsPage.vue'),
    meta: { place: 'actions' },
  },
  {
    path: '/actions/appeals/:id(\\d+)',
    component: () => import('./actions/AppealPage.vue'),
    props: true,
    meta: { place: 'actions' },
  },
  {
    path: '/actions/complaints',
    component: () => import('./actions/ComplaintsPage.vue'),
    meta: { place: 'actions' },
  },
  {
    path: '/actions/complaints/:id(\\d+)',
    component: () => import('./actions/ComplaintPage.vue'),
    props: true,
    meta: { place: 'actions' },
  },
  {
    path: '/actions/ratings',
    component: () => import('./ratings/RatingsPage.vue'),
    meta: { place: 'actions' },
  },
  {
    path: '/actions/ratings/one',
    component: () => import('./ratings/RatingPage.vue'),
    props: ({ query }) => ({
      caseNo: String(query['case'] ?? ''),
      source: String(query['source'] ?? ''),
      event: String(query['event'] ?? ''),
    }),
    meta: { place: 'actions' },
  },
  {
    path: '/actions/rating-appeals',
    component: () => import('./ratings/RatingAppealsPage.vue'),
    meta: { place: 'actions' },
  },
  {
    path: '/actions/rating-appeals/:id(\\d+)',
    component: () => import('./ratings/RatingAppealPage.vue'),
    props: true,
    meta: { place: 'actions' },
  },
  {
    path: '/actions/cards',
    component: () => import('./cards/CardsPage.vue'),
    meta: { place: 'actions' },
  },
  {
    path: '/actions/cards/:id(\\d+)',
    component: () => import('./cards/CardPage.vue'),
    props: true,
    meta: { place: 'actions' },
  },
  {
    path: '/actions/waiting',
    component: () => import('./cards/WaitingPage.vue'),
    meta: { place: 'actions' },
  },
  {
    path: '/reports/bulletins',
    component: () => import('./reports/BulletinsPage.vue'),
    meta: { place: 'reports' },
  },
  {
    path: '/reports/scores',
    component: () => import('./reports/ScoresPage.vue'),
    meta: { place: 'reports' },
  },
  {
    path: '/actions/handovers',
    component: () => import('./actions/HandoversPage.vue'),
    meta: { place: 'actions' },
  },
  { path: '/actions/leads', component: () => import('./actions/LeadsPage.vue'), meta: { place: 'actions' } },
  {
    path: '/actions/sources',
    component: () => import('./actions/SourcesPage.vue'),
    meta: { place: 'actions' },
  },
  { path: '/reports', component: () => import('./reports/ReportsPage.vue'), meta: { place: 'reports' } },
  {
    path: '/reports/ledger',
    component: () => import('./reports/LedgerPage.vue'),
    meta: { place: 'reports' },
  },
  { path: '/rules', redirect: '/rules/items' },
  { path: '/rules/items', component: () => import('./rules/ItemsPage.vue'), meta: { place: 'rules' } },
  { path: '/rules/calendar', component: () => import('./rules/CalendarPage.vue'), meta: { place: 'rules' } },
  { path: '/rules/what-if', component: () => import('./rules/WhatIfPage.vue'), meta: { place: 'rules' } },
  { path: '/rules/drafts', component: () => import('./drafts/DraftsPage.vue'), meta: { place: 'rules' } },
  {
    path: '/rules/drafts/:id(\\d+)',
    component: () => import('./drafts/DraftPage.vue'),
    props: true,
    meta: { place: 'rules' },
  },
  {
    path: '/rules/sources',
    component: () => import('./collection/CollectionPage.vue'),
    meta: { place: 'rules' },
  },
  { path: '/rules/users', component: () => import('./rules/UsersPage.vue'), meta: { place: 'rules' } },
  {
    path: '/screen',
    component: () => import('./screen/ScreenPage.vue'),
    meta: { place: 'screen', bare: true },
  },
  {
    path: '/login',
    component: () => import('./login/LoginPage.vue'),
    meta: { place: 'login', bare: true, open: true },
  },
  { path: '/:rest(.*)*', component: () => import('./frame/NotThere.vue') },
];

export const router = createRouter({
  history: createWebHistory(),
  scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? false : { top: 0 }),
  routes,
});

router.beforeEach(async (to) => {
  if (to.meta.open) return true;
  if (session.value === null)
    try {
      await loadSession();
    } catch {
      // The page itself says that the monitor does not answer.
      return true;
    }
  if (session.value === null || session.value.toDoFirst !== null)
    // Whoever asked for nothing in particular comes, once signed in, to what is theirs.
    return { path: '/login', query: to.redirectedFrom?.path === '/' ? {} : { to: to.fullPath } };
  return to.path === '/watch' && to.redirectedFrom?.path === '/' && isOfDepartment.value ? '/mine' : true;
});
