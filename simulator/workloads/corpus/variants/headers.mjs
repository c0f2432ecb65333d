const changed = (change) => ({
  answer: (sound) => ({ ...sound, headers: change({ ...sound.headers }) }),
});

const without = (name) => changed(({ [name]: _, ...rest }) => rest);

const contentType = (value) => ({
  answer: (sound, { path }) =>
    path === '/products'
      ? { ...sound, headers: { ...sound.headers, 'content-type': value } }
      : sound,
});

/** Headers that clients need and the body does not show. */
export const headers = {
  'wrong-content-type': contentType('text/plain; charset=utf-8'),
  'wrong-charset': {
    answer: (sound, { path }) =>
      path === '/products'
        ? {
            ...sound,
            headers: { ...sound.headers, 'content-type': 'application/json; charset=iso-8859-1' },
            body: Buffer.from(sound.body, 'latin1'),
          }
        : sound,
  },
  'lost-security-header': without('strict-transport-security'),
  'lost-cors-header': without('access-control-allow-origin'),
  'lost-cache-header': without('cache-control'),
  'caches-forever': changed((headers) =>
    headers['cache-control']
      ? { ...headers, 'cache-control': 'public, max-age=31536000, immutable' }
      : headers,
  ),
  'cookie-without-secure': changed((headers) =>
    headers['set-cookie']
      ? { ...headers, 'set-cookie': 'session=c0ffee; Path=/; HttpOnly; SameSite=Lax' }
      : headers,
  ),
};
