import type { CustomScheme, Protocol } from 'electron';
import { app } from './app.ts';

type Handler = (request: Request) => Response | Promise<Response>;

const privileged = new Set<string>();
const handlers = new Map<string, Handler>();

/** Schemes of the app's own. Chromium knows nothing of them: to it, a host of the scheme is a host below `localhost`. */
export const protocol = {
	registerSchemesAsPrivileged(schemes: CustomScheme[]): void {
		app.requireNotReady('protocol.registerSchemesAsPrivileged()');
		for (const { scheme, privileges } of schemes) {
			if (!privileges?.standard || !privileges.secure) {
				throw new Error('The stand-in does only schemes that are standard and secure');
			}
			privileged.add(scheme);
		}
	},

	handle(scheme: string, handler: Handler): void {
		app.requireReady('protocol.handle()');
		if (!privileged.has(scheme)) throw new Error('The stand-in does only schemes that are standard and secure');
		handlers.set(scheme, handler);
	},
} satisfies Pick<Protocol, 'handle' | 'registerSchemesAsPrivileged'>;

/** `app://window/x` to `http://window.app.localhost/x`; any other URL as it is. */
export function toBrowserUrl(url: string): string {
	const [, scheme = '', host = '', rest = ''] = /^([a-z]+):\/\/([^/]+)(\/.*)$/.exec(url) ?? [];
	return privileged.has(scheme) ? `http://${host}.${scheme}.localhost${rest}` : url;
}

/** The way back. */
export function toAppUrl(url: string): string {
	const [, host = '', scheme = '', rest = ''] = /^http:\/\/([^/]+)\.([a-z]+)\.localhost(\/.*)$/.exec(url) ?? [];
	return privileged.has(scheme) ? `${scheme}://${host}${rest}` : url;
}

/** What the app answers to a request of its own scheme; `undefined` if it is of another. */
export async function answerRequest(method: string, browserUrl: string): Promise<Response | undefined> {
	const url = toAppUrl(browserUrl);
	const handler = handlers.get(url.split(':')[0] ?? '');
	return handler?.(new Request(url, { method }));
}
