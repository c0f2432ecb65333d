const relocated = (change) => ({
  answer: (sound) =>
    sound.status === 302
      ? { ...sound, headers: { ...sound.headers, location: change(sound.headers.location) } }
      : sound,
});

export const redirects = {
  /** The container's own address, as frameworks write it that do not know of the balancer. */
  'wrong-redirect': relocated((location) => `http://localhost:8080${location}`),
  /** Out of the encryption that the balancer ends. */
  'redirects-to-http': relocated((location) => `http://shop.example${location}`),
  'redirect-loop': relocated(() => '/catalogue'),
  'redirects-to-login': {
    answer: (sound, { path }) =>
      path === '/products'
        ? { ...sound, status: 302, headers: { location: '/login' }, body: '' }
        : sound,
  },

  /** One hop more than before, with the same end. */
  'longer-redirect-chain': {
    answer: (sound, { path }) => {
      if (path === '/catalogue') return to(sound, '/catalogue/en');
      return path === '/catalogue/en' ? to(sound, '/catalogue/') : sound;
    },
  },
};

const to = (sound, location) => ({
  ...sound,
  status: 302,
  headers: { ...sound.headers, location },
  body: '',
});
