import type { CustomScheme, Protocol } from 'electron';
import { fakeApp } from './app.ts';

type Handler = (request: Request) => Response | Promise<Response>;

const privileged = new Set<string>();
const handlers = new Map<string, Handler>();

/** Electron's `protocol`. Chromium does not support custom schemes, so they are mapped to hosts below `localhost`. */
export const fakeProtocol = {
	registerSchemesAsPrivileged(schemes: CustomScheme[]): void {
		fakeApp.requireNotReady('protocol.registerSchemesAsPrivileged()');
		for (const { scheme, privileges } of schemes) {
			if (!privileges?.standard || !privileges.secure) {
				throw new Error('The fake Electron supports only schemes that are standard and secure');
			}
			privileged.add(scheme);
		}
	},

	handle(scheme: string, handler: Handler): void {
		fakeApp.requireReady('protocol.handle()');
		if (!privileged.has(scheme)) throw new Error(`The scheme ${scheme} was not registered as privileged`);
		handlers.set(scheme, handler);
	},
} satisfies Pick<Protocol, 'handle' | 'registerSchemesAsPrivileged'>;

/** Converts `app://window/x` to `http://window.app.localhost/x`. Returns other URLs unchanged. */
export function toBrowserUrl(url: string): string {
	const [, scheme = '', host = '', rest = ''] = /^([a-z]+):\/\/([^/]+)(\/.*)$/.exec(url) ?? [];
	return privileged.has(scheme) ? `http://${host}.${scheme}.localhost${rest}` : url;
}

/** Converts `http://window.app.localhost/x` to `app://window/x`. Returns other URLs unchanged. */
export function toAppUrl(url: string): string {
	const [, host = '', scheme = '', rest = ''] = /^http:\/\/([^/]+)\.([a-z]+)\.localhost(\/.*)$/.exec(url) ?? [];
	return privileged.has(scheme) ? `${scheme}://${host}${rest}` : url;
}

/** Returns the app's response to a request for its scheme, or `undefined` for another URL. */
export async function answerRequest(method: string, browserUrl: string): Promise<Response | undefined> {
	const url = toAppUrl(browserUrl);
	const handler = handlers.get(url.split(':')[0] ?? '');
	return handler?.(new Request(url, { method }));
}
