import { withinPatience } from './deadline.ts';

/** A message as it came over the wire; nothing is assumed of its fields. */
export interface Message {
	readonly type: string;
	readonly [field: string]: unknown;
}

/** A WebSocket client that remembers what it received, for tests that ask for one message after the other. */
export class TestClient {
	/** Everything that has arrived and was not asked for yet, in order; pings are answered and left out. */
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

	/** Connect and authenticate, with an API key or an admin token. */
	static async connect(url: string, credentials: { apiKey: string } | { token: string }): Promise<TestClient> {
		const socket = new WebSocket(url);
		const client = new TestClient(socket);
		const opened = new Promise<void>((resolve, reject) => {
			socket.addEventListener('open', () => resolve());
			socket.addEventListener('error', () => reject(new Error(`No connection to ${url}`)));
		});
		await withinPatience(opened, () => `a connection to ${url}`);
		client.send({ type: 'auth', ...credentials });
		return client;
	}

	send(message: Message): void {
		this.socket.send(JSON.stringify(message));
	}

	/** The next message of one of the types; what came before it is taken out of the inbox, too. */
	next(...types: string[]): Promise<Message> {
		return withinPatience(this.find(types), () => `${types.join(' or ')}, but ${JSON.stringify(this.inbox)}`);
	}

	/** Send and wait for the answer. */
	ask(message: Message, ...answers: string[]): Promise<Message> {
		this.send(message);
		return this.next(...answers);
	}

	/** How the other side closes the connection. @throws Error if it does not */
	closing(): Promise<{ code: number; reason: string }> {
		return withinPatience(this.closed, () => 'the end of the connection');
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
