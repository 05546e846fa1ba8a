import { readWindowFile, WINDOW_DIR, windowPolicy } from '../../src/operator/web/window-files.ts';
import { SECURITY_HEADERS } from '../../src/server/http/security-headers.ts';
import { WINDOW_URL } from './window-address.ts';

/**
 * Responds to a request of the window with one of its files, or with 404.
 *
 * @param dir the folder of the built window
 */
export async function serveWindowFile({ method, url }: Request, dir = WINDOW_DIR): Promise<Response> {
	const path = method === 'GET' ? tryDecodePath(url) : undefined;
	const file = path === undefined ? undefined : await readWindowFile(path, dir);
	if (file === undefined) return new Response(null, { status: 404 });
	return new Response(new Uint8Array(file.content), {
		headers: {
			'content-type': file.contentType,
			'content-security-policy': windowPolicy(),
			...SECURITY_HEADERS,
		},
	});
}

/** Returns the path relative to the window's address, or `undefined` for a URL elsewhere or with invalid escapes. */
function tryDecodePath(url: string): string | undefined {
	if (!url.startsWith(WINDOW_URL)) return undefined;
	try {
		return decodeURIComponent(new URL(url).pathname.slice(1));
	} catch {
		return undefined;
	}
}
