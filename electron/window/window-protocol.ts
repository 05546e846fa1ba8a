import { protocol } from 'electron';
import { serveWindowFile } from './serve-window-file.ts';
import { WINDOW_SCHEME } from './window-address.ts';

/**
 * Registers the scheme as standard and secure, so that its page has an origin, storage and a secure context like a page
 * served over HTTPS. Must be called before Electron is ready.
 */
export function registerWindowScheme(): void {
	protocol.registerSchemesAsPrivileged([
		{ scheme: WINDOW_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
	]);
}

/** Serves the window's files under the scheme. */
export function setupWindowProtocol(): void {
	protocol.handle(WINDOW_SCHEME, (request) => serveWindowFile(request));
}
