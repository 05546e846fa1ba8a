import { app, type Event as ElectronEvent, powerMonitor } from 'electron';
import { STOP_SIGNALS } from '../../src/config/stop-signals.ts';
import type { Logging } from '../../src/log/logging.ts';
import { systemClock } from '../../src/time/clock.ts';
import type { OperatorWindow } from '../window/operator-window.ts';
import type { DesktopContext } from './desktop-context.ts';
import { QuitSequence } from './quit-sequence.ts';

export interface QuitOptions {
	readonly context: DesktopContext;
	readonly window: OperatorWindow;
	readonly logging: Logging;
	/** Closes the open dialog about a web origin. */
	readonly closeDialog: () => void;
}

/** Runs the quit sequence when the app quits, receives a stop signal, or the system shuts down. */
export function setupQuit({ context, window, logging, closeDialog }: QuitOptions): void {
	const quit = new QuitSequence({
		steps: [() => window.allowClose(), closeDialog, () => context.service.close(), () => logging.close()],
		exit: (code) => app.exit(code),
		clock: systemClock,
		logger: context.logger,
	});
	app.on('before-quit', (event) => {
		event.preventDefault();
		void quit.begin();
	});
	for (const signal of STOP_SIGNALS) process.on(signal, () => void quit.begin());
	powerMonitor.on('shutdown', (event?: ElectronEvent) => {
		// Delays the shutdown until the quit sequence has finished.
		event?.preventDefault();
		app.quit();
	});
}
