/** SHA-256, by OpenSSL. */
import type { Digest } from '../host.js';
import { crypto } from './builtin.js';

export function sha256(): Digest {
  const hash = crypto().createHash('sha256');
  return { update: bytes => void hash.update(bytes), finish: () => hash.digest('hex') };
}
