import { withTimeout } from './timeout.ts';

/** A message as received, not validated. */
export interface Message {
	readonly type: string;
	readonly [field: string]: unknown;
}

/** A WebSocket client that stores the messages it receives, for tests that wait for one message after another. */
export class ProtocolClient {
	/** The messages that were received and not yet returned, in order. Pings are answered and not stored. */
	readonly inbox: Message[] = [];
	/** Resolves when the connection has closed. */
	readonly closed: Promise<{ code: number; reason: string }>;
	private readonly socket: WebSocket;
	private wake = () => {};

	private constructor(socket: WebSocket) {
		this.socket = socket;
		socket.addEventListener('message', ({ data }) => this.receive(JSON.parse(String(data))));
		this.closed = new Promise((resolve) => {
			socket.addEventListener('close', ({ code, reason }) => {
				resolve({ code, reason });
				this.wake();
			});
		});
	}

	/** Connects and sends the credentials, an API key or an admin token. */
	static async connect(url: string, credentials: { apiKey: string } | { token: string }): Promise<ProtocolClient> {
		const socket = new WebSocket(url);
		const client = new ProtocolClient(socket);
		const opened = new Promise<void>((resolve, reject) => {
			socket.addEventListener('open', () => resolve());
			socket.addEventListener('error', () => reject(new Error(`No connection to ${url}`)));
		});
		await withTimeout(opened, () => `a connection to ${url}`);
		client.send({ type: 'auth', ...credentials });
		return client;
	}

	send(message: Message): void {
		this.socket.send(JSON.stringify(message));
	}

	/** Returns the next message of one of the types, and removes it and those before it from the inbox. */
	next(...types: string[]): Promise<Message> {
		return withTimeout(this.find(types), () => `${types.join(' or ')}, but ${JSON.stringify(this.inbox)}`);
	}

	/** Sends a message and returns the next message of one of the types. */
	ask(message: Message, ...answers: string[]): Promise<Message> {
		this.send(message);
		return this.next(...answers);
	}

	/** Waits until the server closes the connection. @throws Error if it does not */
	waitForClose(): Promise<{ code: number; reason: string }> {
		return withTimeout(this.closed, () => 'the connection to be closed');
	}

	close(): void {
		this.socket.close();
	}

	private async find(types: readonly string[]): Promise<Message> {
		for (;;) {
			for (let message = this.inbox.shift(); message !== undefined; message = this.inbox.shift()) {
				if (types.includes(message.type)) return message;
			}
			if (this.socket.readyState === WebSocket.CLOSED) throw new Error(`Closed before ${types.join(' or ')} came`);
			await new Promise<void>((resolve) => (this.wake = resolve));
		}
	}

	private receive(message: Message): void {
		if (message.type === 'ping') this.send({ type: 'pong' });
		else this.inbox.push(message);
		this.wake();
	}
}
