import { createHash } from 'node:crypto';

/** Fixed by RFC 6455 section 1.3. */
const handshakeSuffix = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const opcodes = { text: 1, close: 8, ping: 9, pong: 10 };

/**
 * WebSocket at /live that repeats what it is told, in capitals: as much of RFC 6455 as short, unfragmented
 * messages need, because an image of the corpus holds no packages.
 */
export function answerUpgrade(request, socket, variant) {
  socket.on('error', () => {});
  socket.on('end', () => socket.end());
  if (variant.refuseUpgrade) return socket.end(variant.refuseUpgrade);
  const key = request.headers['sec-websocket-key'];
  if (!key || request.url?.split('?')[0] !== '/live') {
    return socket.end('HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n');
  }
  const accept = createHash('sha1').update(`${key}${handshakeSuffix}`).digest('base64');
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\nsec-websocket-accept: ${accept}\r\n\r\n`,
  );
  let pending = Buffer.alloc(0);
  socket.on('data', (chunk) => {
    pending = Buffer.concat([pending, chunk]);
    for (let frame = readFrame(pending); frame; frame = readFrame(pending)) {
      pending = pending.subarray(frame.bytes);
      answerFrame(frame, socket, variant);
    }
  });
}

function answerFrame({ opcode, payload }, socket, variant) {
  if (opcode === opcodes.close) return socket.end(frameOf(opcodes.close, payload));
  if (opcode === opcodes.ping) return socket.write(frameOf(opcodes.pong, payload));
  if (opcode !== opcodes.text) return undefined;
  const said = payload.toString('utf8');
  const reply = variant.socketReply ? variant.socketReply(said) : said.toUpperCase();
  return reply === undefined ? undefined : socket.write(frameOf(opcodes.text, Buffer.from(reply)));
}

/** The first whole frame of a client (always masked, section 5.3), undefined while it is incomplete. */
function readFrame(data) {
  if (data.length < 2) return undefined;
  const short = data[1] & 0x7f;
  const header = short === 126 ? 8 : 6;
  if (data.length < header) return undefined;
  const length = short === 126 ? data.readUInt16BE(2) : short;
  if (data.length < header + length) return undefined;
  const mask = data.subarray(header - 4, header);
  const payload = Buffer.from(data.subarray(header, header + length));
  for (let at = 0; at < length; at++) payload[at] ^= mask[at % 4];
  return { opcode: data[0] & 0x0f, payload, bytes: header + length };
}

function frameOf(opcode, payload) {
  const length =
    payload.length < 126
      ? Buffer.from([payload.length])
      : Buffer.from([126, payload.length >> 8, payload.length & 0xff]);
  return Buffer.concat([Buffer.from([0x80 | opcode]), length, payload]);
}
