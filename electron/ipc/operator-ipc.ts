import type { IpcMain, IpcMainEvent, IpcMainInvokeEvent, WebContents } from 'electron';
import type { Logger } from '../../src/log/logger.ts';
import type { OperatorReply } from '../../src/operator/contract.ts';
import type { OperatorSession } from '../../src/operator/operator-session.ts';
import { toProblem } from '../../src/operator/views.ts';
import { ServiceError } from '../../src/protocol/errors.ts';
import { isWindowUrl } from '../window/window-address.ts';
import { CHANNELS } from './channels.ts';

/** The members of an operator session that the desktop app uses. */
export type OperatorSessionPort = Pick<OperatorSession, 'call' | 'follow' | 'close'>;

export interface OperatorIpcOptions {
	readonly ipcMain: Pick<IpcMain, 'on' | 'handle'>;
	readonly openSession: () => OperatorSessionPort;
	readonly logger: Logger;
}

/** The session and the subscriptions of one page. */
interface OpenPage {
	readonly session: OperatorSessionPort;
	/** Ends a subscription; by the id that the page gave it. */
	readonly unsubscribers: Map<string, () => void>;
}

/**
 * Carries the operator contract between the window and the main process. Each page has a separate session, which ends with
 * the page. Only messages from the main frame of the window's own page are accepted.
 */
export class OperatorIpc {
	private readonly options: OperatorIpcOptions;
	private readonly pages = new Map<WebContents, OpenPage>();

	constructor(options: OperatorIpcOptions) {
		this.options = options;
	}

	/** Registers a listener on every channel. */
	open(): void {
		const { ipcMain } = this.options;
		ipcMain.on(CHANNELS.open, (event) => this.ifFromWindow(event, () => this.begin(event.sender)));
		ipcMain.on(CHANNELS.follow, (event, id: unknown) => this.ifFromWindow(event, () => this.follow(event.sender, id)));
		ipcMain.on(CHANNELS.unfollow, (event, id: unknown) =>
			this.ifFromWindow(event, () => this.unfollow(event.sender, id)),
		);
		ipcMain.handle(CHANNELS.check, () => null);
		ipcMain.handle(CHANNELS.call, (event, operation: unknown, input: unknown) => this.call(event, operation, input));
	}

	private begin(sender: WebContents): void {
		if (!this.pages.has(sender)) {
			sender.once('destroyed', () => this.end(sender));
			sender.once('render-process-gone', () => this.end(sender));
		}
		this.pages.get(sender)?.session.close();
		this.pages.set(sender, { session: this.options.openSession(), unsubscribers: new Map() });
	}

	private end(sender: WebContents): void {
		this.pages.get(sender)?.session.close();
		this.pages.delete(sender);
	}

	private follow(sender: WebContents, id: unknown): void {
		const page = this.pages.get(sender);
		if (page === undefined || typeof id !== 'string' || page.unsubscribers.has(id)) return;
		const end = page.session.follow((event) => {
			if (!sender.isDestroyed()) sender.send(CHANNELS.event, id, event);
		});
		page.unsubscribers.set(id, end);
	}

	private unfollow(sender: WebContents, id: unknown): void {
		const page = this.pages.get(sender);
		if (page === undefined || typeof id !== 'string') return;
		page.unsubscribers.get(id)?.();
		page.unsubscribers.delete(id);
	}

	private async call(event: IpcMainInvokeEvent, operation: unknown, input: unknown): Promise<OperatorReply> {
		const session = this.isFromWindow(event) ? this.pages.get(event.sender)?.session : undefined;
		if (session === undefined) return refusal('UNAUTHORIZED');
		return typeof operation === 'string' ? session.call(operation, input) : refusal('INVALID_MESSAGE');
	}

	private ifFromWindow(event: IpcMainEvent, action: () => void): void {
		if (this.isFromWindow(event)) action();
	}

	private isFromWindow({ senderFrame }: IpcMainEvent | IpcMainInvokeEvent): boolean {
		if (senderFrame !== null && senderFrame.parent === null && isWindowUrl(senderFrame.url)) return true;
		this.options.logger.warn('A message from a foreign frame was rejected', { url: senderFrame?.url });
		return false;
	}
}

function refusal(name: 'UNAUTHORIZED' | 'INVALID_MESSAGE'): OperatorReply {
	return { ok: false, problem: toProblem(new ServiceError(name)) };
}
