/** The URL scheme that serves only the window's files. */
export const WINDOW_SCHEME = 'app';

/** The address of the window's page. A fragment such as `#/logs` selects a view. */
export const WINDOW_URL = `${WINDOW_SCHEME}://window/`;

/** Returns whether a URL is that of the window's page, in any view. */
export function isWindowUrl(url: string): boolean {
	if (!URL.canParse(url)) return false;
	const { protocol, host, pathname } = new URL(url);
	return `${protocol}//${host}${pathname}` === WINDOW_URL;
}
