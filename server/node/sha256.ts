/** SHA-256, by OpenSSL. */
import { createHash } from 'node:crypto';
import type { Digest } from '../host.js';

export function sha256(): Digest {
  const hash = createHash('sha256');
  return { update: bytes => void hash.update(bytes), finish: () => hash.digest('hex') };
}
