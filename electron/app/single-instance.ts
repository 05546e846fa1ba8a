import { app } from 'electron';
import type { OperatorWindow } from '../window/operator-window.ts';

/** Become the one desktop app on this data folder. @returns false where there is one already; it shows its window */
export function claimSingleInstance(): boolean {
	return app.requestSingleInstanceLock();
}

/** Whoever starts the app again wants to see it, but for a start at login. */
export function setupSecondInstance(window: OperatorWindow): void {
	app.on('second-instance', (_event, argv) => {
		if (!argv.includes('--hidden')) window.show();
	});
	// On macOS the same comes as a click in the dock.
	app.on('activate', () => window.show());
}
