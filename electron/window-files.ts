import { readFile } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { codeOf } from '../src/config/system-error.ts';
import { WINDOW_URL } from './window-address.ts';

/** What the window consists of; a file of another kind is not served. */
const CONTENT_TYPES: Readonly<Record<string, string>> = {
	'.html': 'text/html; charset=utf-8',
	'.js': 'text/javascript; charset=utf-8',
	'.css': 'text/css; charset=utf-8',
	'.svg': 'image/svg+xml',
	'.png': 'image/png',
	'.woff2': 'font/woff2',
};

/** Scripts and styles of the window's own files alone; nothing of any network. */
const CONTENT_SECURITY_POLICY = [
	"default-src 'none'",
	"script-src 'self'",
	"style-src 'self'",
	"img-src 'self' data: blob:",
	"font-src 'self'",
	"connect-src 'self'",
	"base-uri 'none'",
	"form-action 'none'",
	"frame-ancestors 'none'",
].join('; ');

/**
 * The file behind a URL of the window.
 *
 * @param root absolute path of the folder that holds the window
 * @returns `undefined` for whatever is not inside of it, or of a kind that is not served
 */
export function windowFile(url: string, root: string): string | undefined {
	if (!url.startsWith(WINDOW_URL)) return undefined;
	const path = tryDecode(new URL(url).pathname);
	if (path === undefined || path.includes('\0')) return undefined;
	const file = join(root, path === '/' ? 'index.html' : path);
	return file.startsWith(root + sep) && extname(file) in CONTENT_TYPES ? file : undefined;
}

/** Answer a request of the window: with a file, or 404 without saying why. */
export async function serveWindowFile(request: Request, root: string): Promise<Response> {
	const file = request.method === 'GET' ? windowFile(request.url, root) : undefined;
	const body = file === undefined ? undefined : await readIfThere(file);
	if (file === undefined || body === undefined) return new Response(null, { status: 404 });
	return new Response(body, {
		headers: {
			'content-type': CONTENT_TYPES[extname(file)] ?? '',
			'content-security-policy': CONTENT_SECURITY_POLICY,
			'x-content-type-options': 'nosniff',
			'referrer-policy': 'no-referrer',
		},
	});
}

async function readIfThere(file: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
	try {
		return new Uint8Array(await readFile(file));
	} catch (thrown) {
		if (['ENOENT', 'ENOTDIR', 'EISDIR'].includes(codeOf(thrown) ?? '')) return undefined;
		throw thrown;
	}
}

function tryDecode(path: string): string | undefined {
	try {
		return decodeURIComponent(path);
	} catch {
		return undefined;
	}
}
