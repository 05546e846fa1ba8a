import { app, session, type WebContents } from 'electron';
import { isWindowUrl } from '../window/window-address.ts';

/** Sandboxes every page and keeps it at the window's own address. Must be called before Electron is ready. */
export function setupSecurity(): void {
	app.enableSandbox();
	app.on('web-contents-created', (_event, contents) => restrictNavigation(contents));
}

/** Grants pages only the permission to write text to the clipboard. Must be called after Electron is ready. */
export function setupPermissions(): void {
	const { defaultSession } = session;
	defaultSession.setPermissionCheckHandler((_contents, permission) => permission === 'clipboard-sanitized-write');
	defaultSession.setPermissionRequestHandler((_contents, permission, callback) => {
		callback(permission === 'clipboard-sanitized-write');
	});
	defaultSession.setDevicePermissionHandler(() => false);
	// The spell checker would download dictionaries.
	defaultSession.setSpellCheckerEnabled(false);
}

function restrictNavigation(contents: WebContents): void {
	contents.on('will-frame-navigate', (event) => {
		if (!event.isMainFrame || !isWindowUrl(event.url)) event.preventDefault();
	});
	contents.on('will-redirect', (event) => event.preventDefault());
	contents.on('will-attach-webview', (event) => event.preventDefault());
	contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}
