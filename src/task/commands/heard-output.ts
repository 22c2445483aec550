/** What comes on a stream, up to so many bytes. */
export class HeardOutput {
  readonly #mostBytes: number;
  readonly #chunks: Buffer[] = [];
  #bytes = 0;
  #tell = (): void => {};
  readonly closed: Promise<void>;

  constructor(stream: NodeJS.ReadableStream, mostBytes: number) {
    this.#mostBytes = mostBytes;
    this.closed = new Promise((resolve) => {
      stream.once('close', resolve);
    });
    stream.on('error', () => {});
    stream.on('data', (chunk: Buffer) => this.#add(chunk));
  }

  #add(chunk: Buffer): void {
    this.#chunks.push(chunk.subarray(0, Math.max(0, this.#mostBytes - this.#bytes)));
    this.#bytes += chunk.length;
    if (this.isTooMuch) {
      this.#tell();
    }
  }

  onExcess(tell: () => void): void {
    this.#tell = tell;
  }

  get isTooMuch(): boolean {
    return this.#bytes > this.#mostBytes;
  }

  excess(): string {
    const most = this.#mostBytes;
    return `printed more than ${most < 1_000_000 ? `${most} bytes` : `${most / 1_000_000} MB`}`;
  }

  text(): string {
    return Buffer.concat(this.#chunks).toString('utf8');
  }
}
