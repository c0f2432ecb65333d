/**
 * The sound shop: what every release of the corpus answers, but for its own defect or oddity.
 *
 * @typedef {{ status: number, headers: Record<string, string | string[]>, body: string | Buffer }} Answer
 */

const products = [
  { id: 1, name: 'Teapot', price: 24.5, tags: ['kitchen'] },
  { id: 2, name: 'Kännchen', price: 39, tags: ['kitchen', 'new'] },
  { id: 3, name: 'Tea towel', price: 8.25, tags: [] },
];
const token = 'eyJzaG9wIjoiY29ycHVzIn0';

/** @param {unknown} value @param {Answer['headers']} [headers] @returns {Answer} */
export function json(status, value, headers = {}) {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: `${JSON.stringify(value)}\n`,
  };
}

/** @returns {Answer} */
function redirect(location) {
  return { status: 302, headers: { location }, body: '' };
}

/** The answer of a sound release. @returns {Answer} */
export function shopAnswer({ path, method, headers, version, ageSeconds }) {
  const answer = route({ path, method, headers, version, ageSeconds });
  answer.headers['x-release'] = version;
  answer.headers['strict-transport-security'] = 'max-age=31536000';
  if (headers.origin) answer.headers['access-control-allow-origin'] = headers.origin;
  return answer;
}

function route({ path, method, headers, version, ageSeconds }) {
  const reads = method === 'GET' || method === 'HEAD';
  switch (`${reads ? 'GET' : method} ${path}`) {
    case 'GET /':
      return json(200, { service: 'shop', version, stage: 'production' });
    case 'GET /products':
      return json(
        200,
        { version, ageSeconds, count: products.length, products },
        { 'cache-control': 'public, max-age=60' },
      );
    case 'GET /config':
      return json(200, { api: 'https://api.shop.example', stage: 'production' });
    case 'GET /catalogue':
      return redirect('/catalogue/');
    case 'GET /catalogue/':
      return redirect('/products');
    case 'GET /report':
      return {
        status: 200,
        headers: { 'content-type': 'text/csv; charset=utf-8' },
        body: `id,name\n${products.map(({ id, name }) => `${id},${name}\n`).join('')}`,
      };
    case 'OPTIONS /orders':
      return { status: 204, headers: { 'access-control-allow-methods': 'POST' }, body: '' };
    case 'POST /orders':
      return json(201, { order: 4_711, total: 32.75 }, { location: '/orders/4711' });
    case 'POST /login':
      return json(
        200,
        { token },
        { 'set-cookie': 'session=c0ffee; Path=/; Secure; HttpOnly; SameSite=Lax' },
      );
    case 'GET /account':
      return headers.authorization === `Bearer ${token}`
        ? json(200, { customer: 'Ada', orders: [4_711] })
        : json(401, { error: 'log in first' }, { 'www-authenticate': 'Bearer' });
    default:
      return json(404, { error: `there is no ${method} ${path}` });
  }
}
