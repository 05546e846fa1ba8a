import { EventEmitter } from 'node:events';
import type { Clipboard, NativeTheme, Session } from 'electron';
import { fakeApp } from './app.ts';
import { grantPermissions, setColorScheme } from './chromium-host.ts';

/** Electron's `powerMonitor`. A test emits `suspend` and `resume`; `shutdown` is never emitted. */
export const fakePowerMonitor = new EventEmitter<{ suspend: []; resume: []; shutdown: [] }>();

let clipboardText = '';

/** Electron's `clipboard`, which is separate from that of the pages. */
export const fakeClipboard = {
	readText: (): Promise<string> => Promise.resolve(clipboardText),
	writeText: (text: string): Promise<void> => {
		clipboardText = text;
		return Promise.resolve();
	},
} satisfies Pick<Clipboard, 'readText' | 'writeText'>;

let themeSource: 'system' | 'light' | 'dark' = 'system';

/** Electron's `nativeTheme`, which sets the preferred colour scheme of the pages. */
export const fakeNativeTheme = {
	get themeSource() {
		return themeSource;
	},
	set themeSource(source) {
		themeSource = source;
		void setColorScheme(source === 'system' ? null : source);
	},
} satisfies Pick<NativeTheme, 'themeSource'>;

type CheckHandler = NonNullable<Parameters<Session['setPermissionCheckHandler']>[0]>;

/** The permissions that are checked, by Electron's and by Chromium's name. */
const PERMISSIONS = [
	['clipboard-sanitized-write', 'clipboard-write'],
	['clipboard-read', 'clipboard-read'],
	['geolocation', 'geolocation'],
	['notifications', 'notifications'],
] as const;

/** Electron's `session`. Its check handler is called once for each permission above when it is set. */
export const fakeSession = {
	get defaultSession() {
		fakeApp.requireReady('session');
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
