/** Changes what /products says; everything else stays sound. */
const ofProducts = (change) => ({
  answer: (sound, { path }) => (path === '/products' ? change(sound) : sound),
});

const rewritten = (change) =>
  ofProducts((sound) => ({
    ...sound,
    body: `${JSON.stringify(change(JSON.parse(sound.body)))}\n`,
  }));

const eachProduct = (change) =>
  rewritten((value) => ({ ...value, products: value.products.map(change) }));

const errorPage = '<!doctype html><title>Error</title><h1>Something went wrong</h1>\n';

/** Status and headers are fine, the body is not. */
export const bodies = {
  'wrong-json-type': eachProduct((product) => ({ ...product, price: String(product.price) })),
  'missing-field': eachProduct(({ price: _, ...product }) => product),
  'null-for-list': rewritten((value) => ({ ...value, products: null })),
  'empty-list': rewritten((value) => ({ ...value, count: 0, products: [] })),
  'negative-price': eachProduct((product) => ({ ...product, price: -product.price })),
  'price-in-cents': eachProduct((product) => ({ ...product, price: product.price * 100 })),
  'stale-data': rewritten((value) => ({ ...value, ageSeconds: 86_400 })),
  'renamed-field': eachProduct(({ name, ...product }) => ({ ...product, title: name })),
  'duplicate-keys': ofProducts((sound) => ({
    ...sound,
    body: `${sound.body.trimEnd().slice(0, -1)},"products":[]}\n`,
  })),
  'html-error-with-200': ofProducts((sound) => ({
    ...sound,
    headers: { ...sound.headers, 'content-type': 'text/html; charset=utf-8' },
    body: errorPage,
  })),
  'html-labelled-json': ofProducts((sound) => ({ ...sound, body: errorPage })),
  'empty-body': ofProducts((sound) => ({ ...sound, body: '' })),
  'truncated-json': ofProducts((sound) => ({ ...sound, body: sound.body.slice(0, 60) })),
  'oversize-body': ofProducts((sound) => ({
    ...sound,
    body: sound.body.replace('"products"', `"debug":"${'x'.repeat(3_000_000)}","products"`),
  })),
  'stack-trace-in-body': {
    answer: (sound, { path }) =>
      path === '/'
        ? { ...sound, body: '{"service":"shop","trace":"Error: at Shop.open (/app/shop.js:7:11)"}' }
        : sound,
  },
  'another-stage': {
    answer: (sound) => ({
      ...sound,
      body: String(sound.body)
        .replaceAll('api.shop.example', 'api.staging.shop.example')
        .replaceAll('"production"', '"staging"'),
    }),
  },
  'answers-old-version': {
    answer: (sound, { version }) => ({
      ...sound,
      headers: { ...sound.headers, 'x-release': 'v1' },
      body: String(sound.body).replaceAll(`"${version}"`, '"v1"'),
    }),
  },
};
