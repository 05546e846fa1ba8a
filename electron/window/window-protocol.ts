import { protocol } from 'electron';
import { serveWindowFile } from './serve-window-file.ts';
import { WINDOW_SCHEME } from './window-address.ts';

/** Before Electron is ready: pages of the scheme have an origin, storage and a secure context, as those of https have. */
export function registerWindowScheme(): void {
	protocol.registerSchemesAsPrivileged([
		{ scheme: WINDOW_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
	]);
}

/** Serve the window's files under the scheme. */
export function setupWindowProtocol(): void {
	protocol.handle(WINDOW_SCHEME, (request) => serveWindowFile(request));
}
