import { EventEmitter, once } from 'node:events';
import { isDeepStrictEqual } from 'node:util';
import { WebSocket } from 'ws';
import {
	SERVER_MESSAGES,
	type ServerMessage,
	type ServerMessageOf,
	type ServerMessageType,
} from '../../protocol/server-messages.ts';

/** Time to wait for an expected message, ms. */
const DEADLINE_MS = 10_000;

export interface ConnectOptions {
	/** Default 127.0.0.1. */
	readonly host?: string;
	/** Default `/`. */
	readonly path?: string;
	/** Default: none, like a native program. */
	readonly origin?: string;
}

/** A client over a real socket that keeps every message and checks each strictly against its schema. */
export class TestClient {
	readonly socket: WebSocket;
	private readonly unread: ServerMessage[] = [];
	private readonly changes = new EventEmitter();
	private fault: Error | undefined;
	private closeFrame: { code: number; reason: string } | undefined;

	private constructor(socket: WebSocket) {
		this.socket = socket;
		socket.on('message', (data) => this.receive(String(data)));
		socket.on('close', (code, reason) => {
			this.closeFrame = { code, reason: String(reason) };
			this.changes.emit('change');
		});
	}

	/** Connects. @throws Error such as "Unexpected server response: 403" when the handshake is refused */
	static async connect(port: number, options: ConnectOptions = {}): Promise<TestClient> {
		const { host = '127.0.0.1', path = '/', origin } = options;
		const socket = new WebSocket(`ws://${host}:${port}${path}`, origin === undefined ? {} : { origin });
		await once(socket, 'open');
		return new TestClient(socket);
	}

	/** Sends an object as JSON, or a string unchanged. */
	send(message: object | string): void {
		this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
	}

	/** Number of messages that have arrived and were not read. */
	get unreadCount(): number {
		return this.unread.length;
	}

	/** Returns the next message. @throws Error if it is not of this type */
	async next<T extends ServerMessageType>(type: T): Promise<ServerMessageOf<T>> {
		const message = await this.until(`a message ${type}`, () => this.unread.shift());
		if (message.type !== type) throw new Error(`Expected ${type}, got ${JSON.stringify(message)}`);
		return message as ServerMessageOf<T>;
	}

	/**
	 * Returns every unread message after two pings and their pongs, one after the other; the pongs are left out. The result
	 * contains everything that the server has sent in response to earlier messages.
	 */
	async drain(): Promise<ServerMessage[]> {
		// The first pong may arrive before the effects of messages sent just before it; the second cannot.
		return [...(await this.roundTrip()), ...(await this.roundTrip())];
	}

	/** Returns how the connection was closed, once it is; earlier messages may still be unread. */
	closed(): Promise<{ code: number; reason: string }> {
		return this.until('the connection to close', () => this.closeFrame);
	}

	/** Returns every unread message once the connection is closed. */
	async rest(): Promise<ServerMessage[]> {
		await this.closed();
		return this.unread.splice(0);
	}

	/** Closes the socket and waits until it is closed. */
	async close(): Promise<void> {
		this.socket.close();
		await this.closed();
	}

	private async roundTrip(): Promise<ServerMessage[]> {
		this.send({ type: 'ping' });
		const end = await this.until('a pong', () => {
			const index = this.unread.findIndex(({ type }) => type === 'pong');
			return index === -1 ? undefined : index + 1;
		});
		return this.unread.splice(0, end).slice(0, -1);
	}

	private receive(text: string): void {
		const message = JSON.parse(text);
		const schema = SERVER_MESSAGES[message.type as ServerMessageType];
		// Parsing removes unknown fields, so a message that is unchanged has none.
		if (!isDeepStrictEqual(schema?.safeParse(message).data, message))
			this.fault ??= new Error(`Not in the protocol: ${text}`);
		this.unread.push(message);
		this.changes.emit('change');
	}

	private async until<T>(what: string, pick: () => T | undefined): Promise<T> {
		const signal = AbortSignal.timeout(DEADLINE_MS);
		for (;;) {
			if (this.fault !== undefined) throw this.fault;
			const found = pick();
			if (found !== undefined) return found;
			const state = () => `waiting for ${what}; unread: ${JSON.stringify(this.unread)}`;
			if (this.closeFrame !== undefined)
				throw new Error(`Closed with ${JSON.stringify(this.closeFrame)} while ${state()}`);
			await once(this.changes, 'change', { signal }).catch((cause) => {
				throw new Error(`No answer while ${state()}`, { cause });
			});
		}
	}
}
