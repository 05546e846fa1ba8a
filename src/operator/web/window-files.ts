import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { contentSecurityPolicy } from '../../server/http/security-headers.ts';

/** Next to this module when bundled; otherwise in the latest build. */
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

/** A relative path whose folder and file names have plain characters and do not begin with a dot, so that it cannot leave the folder. */
const PLAIN_PATH = /^(?:[\w-][\w.-]*\/)*[\w-][\w.-]*$/;

export interface WindowFile {
	readonly contentType: string;
	readonly content: Buffer;
}

/**
 * Reads a file of the operator window.
 *
 * @param path relative to the URL of the window, such as `index.html` or `assets/window.js`; empty = the page itself
 * @returns undefined when there is no such file or the path is not plain
 */
export async function readWindowFile(path: string, dir = WINDOW_DIR): Promise<WindowFile | undefined> {
	const name = path === '' ? 'index.html' : path;
	const contentType = CONTENT_TYPES[extname(name)];
	if (contentType === undefined || !PLAIN_PATH.test(name)) return undefined;
	const content = await readFile(join(dir, name)).catch(() => undefined);
	return content && { contentType, content };
}

/**
 * Returns the content security policy of the window, which allows only its own files and the service.
 *
 * @param service an origin it may connect to besides its own, such as `ws://localhost:8080`
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
