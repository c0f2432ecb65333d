import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipEntry {
  readonly name: string;
  readonly content: string | Uint8Array;
  /** Unix mode with file type; default a plain file, 0644. */
  readonly mode?: number;
  /** What the archive claims the entry unpacks to; default the truth. */
  readonly claimedBytes?: number;
}

const plainFile = 0o100644;

/** An archive as `zip` writes it, or as an attacker would: names and sizes are taken as given. */
export function zipOf(entries: readonly ZipEntry[]): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const { name, content, mode = plainFile, claimedBytes } of entries) {
    const data = Buffer.from(content);
    const packed = deflateRawSync(data);
    const sizes = Buffer.alloc(12);
    sizes.writeUInt32LE(crcOf(data), 0);
    sizes.writeUInt32LE(packed.length, 4);
    sizes.writeUInt32LE(claimedBytes ?? data.length, 8);
    const path = Buffer.from(name);
    // Version 2.0, UTF-8 names, deflate, 1980-01-01.
    const common = Buffer.from([20, 0, 0, 8, 8, 0, 0, 0, 0x21, 0]);
    const lengths = Buffer.alloc(4);
    lengths.writeUInt16LE(path.length, 0);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, sizes, lengths, path, packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE((mode << 16) >>> 0, 6);
    tail.writeUInt32LE(offset, 10);
    centrals.push(
      Buffer.concat([
        Buffer.from('PK\x01\x02'),
        // Made by Unix: only then do the upper attributes mean a mode.
        Buffer.from([20, 3]),
        common,
        sizes,
        lengths,
        tail,
        path,
      ]),
    );
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, directory, Buffer.from('PK\x05\x06'), end]);
}

function crcOf(data: Uint8Array): number {
  return crc32(data);
}
