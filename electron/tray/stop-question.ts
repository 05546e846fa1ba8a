import { dialog, type MessageBoxOptions } from 'electron';
import { callOperation, type DesktopContext } from '../app/desktop-context.ts';
import type { OperatorWindow } from '../window/operator-window.ts';

/** Stops the service, after a question if that interrupts a client or a scan. */
export class StopQuestion {
	private readonly context: DesktopContext;
	private readonly window: OperatorWindow;
	private readonly interrupted: () => readonly string[];
	private isAsking = false;

	/** @param interrupted returns what a stop interrupts now, one sentence each */
	constructor(context: DesktopContext, window: OperatorWindow, interrupted: () => readonly string[]) {
		this.context = context;
		this.window = window;
		this.interrupted = interrupted;
	}

	/** Does nothing while the question is open. */
	async ask(): Promise<void> {
		if (this.isAsking) return;
		this.isAsking = true;
		try {
			const interrupted = this.interrupted();
			if (interrupted.length === 0 || (await this.isConfirmed(interrupted)))
				await callOperation(this.context, 'service:stop');
		} catch (error) {
			this.context.logger.warn('The question whether to stop the service could not be shown', { error });
		} finally {
			this.isAsking = false;
		}
	}

	private async isConfirmed(interrupted: readonly string[]): Promise<boolean> {
		const { appName, stopQuestion, stop, cancel } = this.context.text();
		const options: MessageBoxOptions = {
			type: 'warning',
			title: appName,
			message: stopQuestion,
			detail: interrupted.join('\n'),
			buttons: [stop, cancel],
			defaultId: 1,
			cancelId: 1,
			noLink: true,
		};
		const parent = this.window.visible;
		const { response } = await (parent === undefined
			? dialog.showMessageBox(options)
			: dialog.showMessageBox(parent, options));
		return response === 0;
	}
}
