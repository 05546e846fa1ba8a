import { readWindowFile, WINDOW_DIR, windowPolicy } from '../../src/operator/web/window-files.ts';
import { WINDOW_URL } from './window-address.ts';

/**
 * Answer a request of the window: with one of its files, or 404 without saying why.
 *
 * @param dir where the built window is
 */
export async function serveWindowFile({ method, url }: Request, dir = WINDOW_DIR): Promise<Response> {
	const path = method === 'GET' ? tryDecodePath(url) : undefined;
	const file = path === undefined ? undefined : await readWindowFile(path, dir);
	if (file === undefined) return new Response(null, { status: 404 });
	return new Response(new Uint8Array(file.content), {
		headers: {
			'content-type': file.contentType,
			'content-security-policy': windowPolicy(),
			'x-content-type-options': 'nosniff',
			'referrer-policy': 'no-referrer',
		},
	});
}

/** The path below the window's address; `undefined` for one of another address. */
function tryDecodePath(url: string): string | undefined {
	if (!url.startsWith(WINDOW_URL)) return undefined;
	try {
		return decodeURIComponent(new URL(url).pathname.slice(1));
	} catch {
		return undefined;
	}
}
