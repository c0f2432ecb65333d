import type { ClientRequest } from '../../cli/rehearsal/client-traffic.ts';

/** What customers of the corpus shop do, in turn. */
export const shopClients: readonly ClientRequest[] = [
  { path: '/' },
  { path: '/products' },
  { path: '/products?page=2', headers: { 'accept-language': 'de-DE' } },
  { path: '/orders', method: 'POST' },
  { path: '/report' },
  { path: '/products', headers: { origin: 'https://other.example' } },
  { path: '/catalogue' },
  { path: '/login', method: 'POST' },
];
