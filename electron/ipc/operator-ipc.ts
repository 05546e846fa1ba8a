import type { IpcMain, IpcMainEvent, IpcMainInvokeEvent, WebContents } from 'electron';
import type { Logger } from '../../src/log/logger.ts';
import type { OperatorReply } from '../../src/operator/contract.ts';
import type { OperatorSession } from '../../src/operator/operator-session.ts';
import { toProblem } from '../../src/operator/views.ts';
import { ServiceError } from '../../src/protocol/errors.ts';
import { isWindowUrl } from '../window/window-address.ts';
import { CHANNELS } from './channels.ts';

/** One operator's side of the service. */
export type Session = Pick<OperatorSession, 'call' | 'follow' | 'close'>;

export interface ConsoleIpcOptions {
	readonly ipcMain: Pick<IpcMain, 'on' | 'handle'>;
	readonly openSession: () => Session;
	readonly logger: Logger;
}

/** What the page in a window has open. */
interface OpenPage {
	readonly session: Session;
	/** Ends each `follow`, by its id. */
	readonly ends: Map<string, () => void>;
}

/**
 * The carrier of the console between the window and the main process: each page of a window has a session of its own, which
 * ends with the page. It adds nothing, and serves nobody but the main frame of the window's own page.
 */
export class ConsoleIpc {
	private readonly options: ConsoleIpcOptions;
	private readonly pages = new Map<WebContents, OpenPage>();

	constructor(options: ConsoleIpcOptions) {
		this.options = options;
	}

	/** Listen on every channel. */
	open(): void {
		const { ipcMain } = this.options;
		ipcMain.on(CHANNELS.open, (event) => this.ifOurs(event, () => this.begin(event.sender)));
		ipcMain.on(CHANNELS.follow, (event, id: unknown) => this.ifOurs(event, () => this.follow(event.sender, id)));
		ipcMain.on(CHANNELS.unfollow, (event, id: unknown) => this.ifOurs(event, () => this.unfollow(event.sender, id)));
		ipcMain.handle(CHANNELS.call, (event, operation: unknown, input: unknown) => this.call(event, operation, input));
	}

	private begin(sender: WebContents): void {
		if (!this.pages.has(sender)) {
			sender.once('destroyed', () => this.end(sender));
			sender.once('render-process-gone', () => this.end(sender));
		}
		this.pages.get(sender)?.session.close();
		this.pages.set(sender, { session: this.options.openSession(), ends: new Map() });
	}

	private end(sender: WebContents): void {
		this.pages.get(sender)?.session.close();
		this.pages.delete(sender);
	}

	private follow(sender: WebContents, id: unknown): void {
		const page = this.pages.get(sender);
		if (page === undefined || typeof id !== 'string' || page.ends.has(id)) return;
		const end = page.session.follow((event) => {
			if (!sender.isDestroyed()) sender.send(CHANNELS.event, id, event);
		});
		page.ends.set(id, end);
	}

	private unfollow(sender: WebContents, id: unknown): void {
		const page = this.pages.get(sender);
		if (page === undefined || typeof id !== 'string') return;
		page.ends.get(id)?.();
		page.ends.delete(id);
	}

	private async call(event: IpcMainInvokeEvent, operation: unknown, input: unknown): Promise<OperatorReply> {
		const session = this.isOurs(event) ? this.pages.get(event.sender)?.session : undefined;
		if (session === undefined) return refusal('UNAUTHORIZED');
		return typeof operation === 'string' ? session.call(operation, input) : refusal('INVALID_MESSAGE');
	}

	private ifOurs(event: IpcMainEvent, action: () => void): void {
		if (this.isOurs(event)) action();
	}

	private isOurs({ senderFrame }: IpcMainEvent | IpcMainInvokeEvent): boolean {
		if (senderFrame !== null && senderFrame.parent === null && isWindowUrl(senderFrame.url)) return true;
		this.options.logger.warn('A message from a foreign frame was refused', { url: senderFrame?.url });
		return false;
	}
}

function refusal(name: 'UNAUTHORIZED' | 'INVALID_MESSAGE'): OperatorReply {
	return { ok: false, problem: toProblem(new ServiceError(name)) };
}
