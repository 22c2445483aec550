import type { SignalOptions } from './otel-options.ts';
import type { OtlpMessage } from './otlp-request.ts';
import { protobufOf } from './protobuf.ts';

export interface OtlpBody {
  readonly body: Uint8Array;
  /** What it is and how it is packed. */
  readonly headers: Readonly<Record<string, string>>;
}

/** A request as it travels; `message` is the name of its protobuf message. */
export async function otlpBody(
  { protocol, gzip }: Pick<SignalOptions, 'protocol' | 'gzip'>,
  { message, request }: { readonly message: string; readonly request: OtlpMessage },
): Promise<OtlpBody> {
  const isJson = protocol === 'http/json';
  const plain = isJson ? Buffer.from(JSON.stringify(request)) : protobufOf(message, request);
  const headers = {
    'Content-Type': isJson ? 'application/json' : 'application/x-protobuf',
    ...(gzip && { 'Content-Encoding': 'gzip' }),
  };
  return { body: gzip ? await zipped(plain) : plain, headers };
}

function zipped(bytes: Uint8Array): Promise<Buffer> {
  const { gzip } = process.getBuiltinModule('node:zlib');
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  gzip(bytes, (error, result) => (error ? reject(error) : resolve(result)));
  return promise;
}
