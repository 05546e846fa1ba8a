/** The scheme from which the window loads its page, and nothing else. */
export const WINDOW_SCHEME = 'app';

/** The page of the window; a view is a fragment of it, such as `#/logs`. */
export const WINDOW_URL = `${WINDOW_SCHEME}://window/`;

/** Whether a URL is of the window's own page, whatever the view. */
export function isWindowUrl(url: string): boolean {
	if (!URL.canParse(url)) return false;
	const { protocol, host, pathname } = new URL(url);
	return `${protocol}//${host}${pathname}` === WINDOW_URL;
}
