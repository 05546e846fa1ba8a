import { EventEmitter } from 'node:events';
import type { IpcMain, IpcMainEvent, IpcMainInvokeEvent, WebContents, WebFrameMain } from 'electron';

type Handler = (event: IpcMainInvokeEvent, ...args: unknown[]) => unknown;

/** The sender of a message, as far as it is known here. */
export type StandInIpcEvent = Pick<IpcMainEvent & IpcMainInvokeEvent, 'sender'> & {
	readonly senderFrame: Pick<WebFrameMain, 'url' | 'parent'> | null;
};

/** Electron's `ipcMain`. */
class StandInIpcMain
	extends EventEmitter<Record<string, [event: IpcMainEvent, ...args: unknown[]]>>
	implements Pick<IpcMain, 'handle'>
{
	private readonly handlers = new Map<string, Handler>();

	handle(channel: string, handler: Handler): void {
		if (this.handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
		this.handlers.set(channel, handler);
	}

	/** What the handler of a channel answers. @throws Error with the text that a page sees */
	async invoke(channel: string, event: IpcMainInvokeEvent, args: readonly unknown[]): Promise<unknown> {
		const handler = this.handlers.get(channel);
		try {
			if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
			return structuredClone(await handler(event, ...args));
		} catch (thrown) {
			throw new Error(`Error invoking remote method '${channel}': ${thrown}`);
		}
	}
}

export const ipcMain = new StandInIpcMain();

/** An event from a page. The rest of what Electron puts into it is missing, and is `undefined` for whoever reads it. */
export function ipcEvent(
	sender: WebContents,
	frame: { url: string; parent: unknown },
): IpcMainEvent & IpcMainInvokeEvent {
	const event: Pick<IpcMainEvent, 'sender'> & { senderFrame: unknown } = { sender, senderFrame: frame };
	return event as IpcMainEvent & IpcMainInvokeEvent;
}
