import { app, type Event, powerMonitor } from 'electron';
import type { Logging } from '../../src/log/logging.ts';
import { systemClock } from '../../src/time/clock.ts';
import type { OperatorWindow } from '../window/operator-window.ts';
import type { DesktopContext } from './desktop-context.ts';
import { QuitSequence } from './quit-sequence.ts';

/** Interrupted, told to end, and left behind by its terminal. */
const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export interface QuitOptions {
	readonly shell: DesktopContext;
	readonly window: OperatorWindow;
	readonly logging: Logging;
	/** Takes back the question that is being asked. */
	readonly closeDialog: () => void;
}

/** Whichever way the app is told to end, everything stops in order before it does. */
export function setupQuit({ shell, window, logging, closeDialog }: QuitOptions): void {
	const quit = new QuitSequence({
		steps: [() => window.letClose(), closeDialog, () => shell.service.close(), () => logging.close()],
		exit: (code) => app.exit(code),
		clock: systemClock,
		logger: shell.logger,
	});
	app.on('before-quit', (event) => {
		event.preventDefault();
		void quit.begin();
	});
	for (const signal of STOP_SIGNALS) process.on(signal, () => void quit.begin());
	powerMonitor.on('shutdown', (event?: Event) => {
		// Holds up the end of the session for as long as the stop order takes.
		event?.preventDefault();
		app.quit();
	});
}
