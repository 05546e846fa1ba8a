import { EventEmitter } from 'node:events';
import type { Clipboard, NativeTheme, Session } from 'electron';
import { app } from './app.ts';
import { grantPermissions, setColorScheme } from './chromium-host.ts';

/** Sleep and wake, when a test says so; the end of the session is never told. */
export const powerMonitor = new EventEmitter<{ suspend: []; resume: []; shutdown: [] }>();

let clipboardText = '';

/** A clipboard of the app alone: that of the pages is the browser's own. */
export const clipboard = {
	readText: (): Promise<string> => Promise.resolve(clipboardText),
	writeText: (text: string): Promise<void> => {
		clipboardText = text;
		return Promise.resolve();
	},
} satisfies Pick<Clipboard, 'readText' | 'writeText'>;

let themeSource: 'system' | 'light' | 'dark' = 'system';

/** Which colours pages are told that the person prefers. */
export const nativeTheme = {
	get themeSource() {
		return themeSource;
	},
	set themeSource(source) {
		themeSource = source;
		void setColorScheme(source === 'system' ? null : source);
	},
} satisfies Pick<NativeTheme, 'themeSource'>;

type CheckHandler = NonNullable<Parameters<Session['setPermissionCheckHandler']>[0]>;

/** Permissions by Electron's name, and by that of Chromium: those that a page of ours might want or must not get. */
const PERMISSIONS = [
	['clipboard-sanitized-write', 'clipboard-write'],
	['clipboard-read', 'clipboard-read'],
	['geolocation', 'geolocation'],
	['notifications', 'notifications'],
] as const;

/** The one session. Its check handler is asked at once about everything that is listed above; no page can ask later. */
export const session = {
	get defaultSession() {
		app.requireReady('session');
		return {
			setPermissionCheckHandler(handler: CheckHandler | null): void {
				const details = { isMainFrame: true, requestingUrl: '' };
				const granted = PERMISSIONS.filter(([permission]) => handler?.(null, permission, '', details));
				void grantPermissions(granted.map(([, name]) => name));
			},
			setPermissionRequestHandler(): void {},
			setDevicePermissionHandler(): void {},
			setSpellCheckerEnabled(): void {},
		} satisfies Pick<
			Session,
			| 'setDevicePermissionHandler'
			| 'setPermissionCheckHandler'
			| 'setPermissionRequestHandler'
			| 'setSpellCheckerEnabled'
		>;
	},
};
