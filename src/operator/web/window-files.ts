import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { contentSecurityPolicy } from '../../server/http/security-headers.ts';

/** Bundled, the window lies beside this module; from the sources, in the bundle that was built last. */
export const WINDOW_DIR = fileURLToPath(
	new URL(import.meta.url.endsWith('.ts') ? '../../../dist/window/' : './window/', import.meta.url),
);

const CONTENT_TYPES: Readonly<Record<string, string>> = {
	'.html': 'text/html; charset=utf-8',
	'.js': 'text/javascript; charset=utf-8',
	'.css': 'text/css; charset=utf-8',
	'.svg': 'image/svg+xml',
	'.png': 'image/png',
	'.woff2': 'font/woff2',
};

/** A path below the window's folder: folders and a file in plain characters, no dot at the beginning of either. */
const PLAIN_PATH = /^(?:[\w-][\w.-]*\/)*[\w-][\w.-]*$/;

export interface WindowFile {
	readonly contentType: string;
	readonly content: Buffer;
}

/**
 * A file of the operator's window.
 *
 * @param path as in a URL below the window's own, such as `index.html` or `assets/window.js`; empty = the page itself
 * @returns undefined if there is no such file, whatever the path tries
 */
export async function readWindowFile(path: string, dir = WINDOW_DIR): Promise<WindowFile | undefined> {
	const name = path === '' ? 'index.html' : path;
	const contentType = CONTENT_TYPES[extname(name)];
	if (contentType === undefined || !PLAIN_PATH.test(name)) return undefined;
	const content = await readFile(join(dir, name)).catch(() => undefined);
	return content && { contentType, content };
}

/**
 * The content security policy of the window: nothing but its own files, and the service.
 *
 * @param service what it may connect to besides its own origin, such as `ws://localhost:8080`
 */
export function windowPolicy(service = ''): string {
	return contentSecurityPolicy(
		"script-src 'self'",
		"style-src 'self'",
		"img-src 'self' data: blob:",
		"font-src 'self'",
		`connect-src 'self' ${service}`.trim(),
	);
}
