import type { ServerResponse } from 'node:http';
import type { PageNews } from '../page-news.ts';

/** What one browser may leave unread. */
const MOST_UNREAD_BYTES = 512_000;

/**
 * News to one page, as server-sent events. A browser that does not keep up is told nothing until it has read what it
 * was sent, and then everything anew: what it holds here is bounded.
 */
export class NewsStream {
  readonly #response: ServerResponse;
  readonly #whole: () => readonly PageNews[];
  #isBehind = false;

  /** `whole`: all there is to tell at that moment. */
  constructor(response: ServerResponse, whole: () => readonly PageNews[]) {
    this.#response = response;
    this.#whole = whole;
    response.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8' });
    response.flushHeaders();
    response.on('drain', () => this.#catchUp());
  }

  tell(news: PageNews): void {
    this.#isBehind ||= this.#response.writableLength > MOST_UNREAD_BYTES;
    if (!this.#isBehind) {
      this.#send(news);
    }
  }

  #send(news: PageNews): void {
    this.#response.write(`data: ${JSON.stringify(news)}\n\n`);
  }

  /** Of however much it is, none is left out: it would be told all of it again and again. */
  #catchUp(): void {
    if (this.#isBehind) {
      this.#isBehind = false;
      this.#whole().forEach((news) => this.#send(news));
    }
  }
}
