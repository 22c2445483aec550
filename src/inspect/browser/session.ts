const KEY = 'autoloop-token';

/**
 * The token of the address that was printed. It is taken out of the address bar, where it would be seen and kept, and
 * lives as long as the tab. null: there was none.
 */
export function takeToken(): string | null {
  const given = fragment();
  const token = given.get('token');
  if (token !== null) {
    sessionStorage.setItem(KEY, token);
    given.delete('token');
    replaceFragment(given);
  }
  return sessionStorage.getItem(KEY);
}

/** Which loop is looked at; null: none is chosen. */
export function chosenLoop(): string | null {
  return fragment().get('loop');
}

/** Where a link to a loop leads. */
export function addressOf(loop: string): string {
  return `#${new URLSearchParams({ loop }).toString()}`;
}

/** Without a new entry in the history of the browser. */
export function choose(loop: string): void {
  replaceFragment(new URLSearchParams({ loop }));
}

function fragment(): URLSearchParams {
  return new URLSearchParams(location.hash.slice(1));
}

function replaceFragment(params: URLSearchParams): void {
  const text = params.toString();
  history.replaceState(null, '', text === '' ? location.pathname : `#${text}`);
}
