import type { Dialog, MessageBoxOptions, MessageBoxReturnValue } from 'electron';
import { fakeApp } from './app.ts';
import type { FakeBrowserWindow } from './browser-window.ts';
import type { DialogState } from './control-contract.ts';

interface OpenBox {
	readonly options: MessageBoxOptions;
	readonly window: FakeBrowserWindow | undefined;
	readonly close: (response: number) => void;
}

const boxes: OpenBox[] = [];

/** Electron's `dialog`, with message boxes that a test answers. */
export const fakeDialog = {
	showMessageBox: (...args: [window: FakeBrowserWindow, options: MessageBoxOptions] | [options: MessageBoxOptions]) =>
		args.length === 2 ? open(args[1], args[0]) : open(args[0]),
	showErrorBox: showErrorBox satisfies Dialog['showErrorBox'],
};

/** Presses a button of the oldest box. @throws Error if it has no such button */
export function answerDialog(button: string): void {
	const box = boxes[0];
	const response = box?.options.buttons?.indexOf(button) ?? -1;
	if (box === undefined || response === -1) throw new Error(`No dialog has a button ${button}`);
	box.close(response);
}

/** Returns the open boxes, oldest first. */
export function dialogStates(): DialogState[] {
	return boxes.map(({ options, window }) => ({
		message: options.message,
		detail: options.detail ?? '',
		buttons: options.buttons ?? [],
		defaultId: options.defaultId ?? 0,
		windowId: window?.id ?? null,
	}));
}

function open(options: MessageBoxOptions, window?: FakeBrowserWindow): Promise<MessageBoxReturnValue> {
	fakeApp.requireReady('dialog.showMessageBox()');
	return new Promise((resolve) => {
		const box: OpenBox = {
			options,
			window,
			close: (response) => {
				boxes.splice(boxes.indexOf(box), 1);
				resolve({ response, checkboxChecked: false });
			},
		};
		boxes.push(box);
		options.signal?.addEventListener('abort', () => boxes.includes(box) && box.close(options.cancelId ?? 0));
	});
}

/** Prints the error, as Electron does on Linux before it is ready. The app does not use it later. */
function showErrorBox(title: string, content: string): void {
	process.stderr.write(`${title}\n${content}\n`);
}
