/** Defects that only several requests together show. */
export const sessions = {
  'login-broken': {
    answer: (sound, { path }) =>
      path === '/login' ? { ...sound, body: '{"session":"renamed"}\n' } : sound,
  },
  'token-not-accepted': {
    answer: (sound, { path, headers }) =>
      path === '/account' && headers.authorization
        ? { ...sound, status: 401, body: '{"error":"log in first"}\n' }
        : sound,
  },
  'account-open-to-all': {
    answer: (sound, { path }) =>
      path === '/account' ? { ...sound, status: 200, body: '{"customer":"Ada"}\n' } : sound,
  },
};
