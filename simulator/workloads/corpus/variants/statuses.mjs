const failed = (sound, status = 500) => ({
  ...sound,
  status,
  body: '{"error":"the shop lost its thread"}\n',
});

const shareOfErrors = (share) => ({
  answer: (sound, { random }) => (random() < share ? failed(sound) : sound),
});

const failsWhen = (applies, status = 500) => ({
  answer: (sound, visit) => (applies(visit) ? failed(sound, status) : sound),
});

/** Answers with the wrong status. */
export const statuses = {
  'errors-1-percent': shareOfErrors(0.01),
  'errors-2-percent': shareOfErrors(0.02),
  'errors-5-percent': shareOfErrors(0.05),
  'errors-20-percent': shareOfErrors(0.2),
  'errors-on-one-path': failsWhen(({ path }) => path === '/account'),
  'errors-on-post': failsWhen(({ method }) => method === 'POST'),
  'errors-with-a-header': failsWhen(({ headers }) => headers['accept-language']?.startsWith('de')),
  'errors-with-a-query': failsWhen(({ request }) => request.url?.includes('page=2')),
  'first-requests-fail': failsWhen(({ served }) => served <= 3, 503),
  'errors-after-300-requests': failsWhen(({ served }) => served > 300),
  'too-many-requests': failsWhen(({ served }) => served % 5 === 0, 429),
  'head-broken': failsWhen(({ method }) => method === 'HEAD', 405),
  'options-broken': failsWhen(({ method }) => method === 'OPTIONS', 405),
  'wrong-host-handling': failsWhen(({ headers }) => headers.host === 'shop.example', 421),
  'wrong-status-204': {
    answer: (sound, { path }) =>
      path === '/products' ? { ...sound, status: 204, body: '' } : sound,
  },
  'wrong-status-206': {
    answer: (sound, { path }) =>
      path === '/products'
        ? { ...sound, status: 206, headers: { ...sound.headers, 'content-range': 'bytes 0-9/*' } }
        : sound,
  },
  'lost-route': {
    answer: (sound, { path }) => (path === '/report' ? failed(sound, 404) : sound),
  },
  'created-becomes-ok': {
    answer: (sound) => (sound.status === 201 ? { ...sound, status: 200 } : sound),
  },
};
