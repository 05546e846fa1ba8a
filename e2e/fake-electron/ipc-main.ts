import { EventEmitter } from 'node:events';
import type { IpcMain, IpcMainEvent, IpcMainInvokeEvent, WebContents, WebFrameMain } from 'electron';

type Handler = (event: IpcMainInvokeEvent, ...args: unknown[]) => unknown;

/** The implemented members of an IPC event. */
export type FakeIpcEvent = Pick<IpcMainEvent & IpcMainInvokeEvent, 'sender'> & {
	readonly senderFrame: Pick<WebFrameMain, 'url' | 'parent'> | null;
};

/** Electron's `ipcMain`. */
class FakeIpcMain
	extends EventEmitter<Record<string, [event: IpcMainEvent, ...args: unknown[]]>>
	implements Pick<IpcMain, 'handle'>
{
	private readonly handlers = new Map<string, Handler>();

	handle(channel: string, handler: Handler): void {
		if (this.handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
		this.handlers.set(channel, handler);
	}

	/** Calls the handler of a channel and returns its result. @throws Error with the message that the page receives */
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

export const fakeIpcMain = new FakeIpcMain();

/** Creates the event for a message from a page. Members that are not implemented are `undefined`. */
export function createIpcEvent(
	sender: WebContents,
	frame: { url: string; parent: unknown },
): IpcMainEvent & IpcMainInvokeEvent {
	const event: Pick<IpcMainEvent, 'sender'> & { senderFrame: unknown } = { sender, senderFrame: frame };
	return event as IpcMainEvent & IpcMainInvokeEvent;
}
