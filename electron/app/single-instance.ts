import { app } from 'electron';
import type { OperatorWindow } from '../window/operator-window.ts';

/**
 * Claims to be the only desktop app that runs on this data folder.
 *
 * @returns false when another one is already running; that one shows its window
 */
export function claimSingleInstance(): boolean {
	return app.requestSingleInstanceLock();
}

/** Shows the window when the operator starts the app again. A hidden start, as at login, does not show it. */
export function setupSecondInstance(window: OperatorWindow): void {
	app.on('second-instance', (_event, argv) => {
		if (!argv.includes('--hidden')) window.show();
	});
	// On macOS, a second start and a click on the Dock icon emit this event instead.
	app.on('activate', () => window.show());
}
