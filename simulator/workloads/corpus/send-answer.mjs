/** Writes an answer; HEAD gets its headers only. @param {import('node:http').ServerResponse} response */
export function sendAnswer(response, method, { status, headers, body }) {
  const bodiless = method === 'HEAD' || status === 204 || status === 304;
  const length = Buffer.byteLength(body);
  response.writeHead(status, {
    ...(status === 204 || headers['transfer-encoding'] ? {} : { 'content-length': length }),
    ...headers,
  });
  response.end(bodiless ? undefined : body);
}
