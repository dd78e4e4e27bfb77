import { sha256Hex, sign } from './device';

export const APP_VERSION = 'web-1';
export const MOST = 100;

export interface Envelope {
  device_id: string;
  pack_version: string;
  now: string;
  last_sync: string;
}

/** The text that is signed: each operation stands in it by the digest of its exact bytes. */
export async function signedText(envelope: Envelope, operations: string[]): Promise<string> {
  const digests = await Promise.all(operations.map(sha256Hex));
  const lines = ['jaring-sync-1', envelope.device_id, APP_VERSION, envelope.pack_version, envelope.now, envelope.last_sync, ...digests];
  return lines.join('\n') + '\n';
}

/** The body of POST /sync. The operations are joined as the texts they were kept as, never written anew. */
export async function batchBody(keys: CryptoKeyPair, envelope: Envelope, operations: string[]): Promise<string> {
  const signature = await sign(keys, await signedText(envelope, operations));
  const q = (value: unknown) => JSON.stringify(value);
  const clock = q({ now: envelope.now, last_sync: envelope.last_sync || undefined });
  return (
    `{"device_id":${q(envelope.device_id)},"app_version":${q(APP_VERSION)},"pack_version":${q(envelope.pack_version)},` +
    `"clock":${clock},"operations":[${operations.join(',')}],"signature":${q(signature)}}`
  );
}
