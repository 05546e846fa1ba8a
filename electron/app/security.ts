import { app, session, type WebContents } from 'electron';
import { isWindowUrl } from '../window/window-address.ts';

/** Before Electron is ready: no page runs outside of a sandbox, and none leaves the window's own address. */
export function setupSecurity(): void {
	app.enableSandbox();
	app.on('web-contents-created', (_event, contents) => confine(contents));
}

/** Once Electron is ready: of all that a page may ask for it gets leave to write text to the clipboard. */
export function setupPermissions(): void {
	const { defaultSession } = session;
	defaultSession.setPermissionCheckHandler((_contents, permission) => permission === 'clipboard-sanitized-write');
	defaultSession.setPermissionRequestHandler((_contents, permission, callback) => {
		callback(permission === 'clipboard-sanitized-write');
	});
	defaultSession.setDevicePermissionHandler(() => false);
	// It would fetch dictionaries.
	defaultSession.setSpellCheckerEnabled(false);
}

function confine(contents: WebContents): void {
	contents.on('will-frame-navigate', (event) => {
		if (!event.isMainFrame || !isWindowUrl(event.url)) event.preventDefault();
	});
	contents.on('will-redirect', (event) => event.preventDefault());
	contents.on('will-attach-webview', (event) => event.preventDefault());
	contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}
