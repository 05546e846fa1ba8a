import { once } from 'node:events';
import { type RawData, WebSocket } from 'ws';

const PING = '{"type":"ping"}';

/** A client of the load generator. It does little with a message, so that the server is the slower end. */
export class LoadClient {
	/** Called for each pong, with its round trip time, ms. */
	onPong: (time: number) => void = () => {};
	/** Called for each message of the service that is not an answer. */
	onEvent: (text: string) => void = () => {};
	private readonly socket: WebSocket;
	private sentAt = 0;

	private constructor(socket: WebSocket) {
		this.socket = socket;
		socket.on('message', (data: RawData) => this.receive(String(data)));
	}

	/** Connects and authenticates. @throws Error if the server refuses */
	static async connect(url: string, apiKey: string): Promise<LoadClient> {
		const socket = new WebSocket(url, { perMessageDeflate: false });
		const client = new LoadClient(socket);
		await once(socket, 'open');
		const answered = once(socket, 'message');
		client.send({ type: 'auth', apiKey });
		const [answer] = await answered;
		if (!String(answer).startsWith('{"type":"auth:success"')) throw new Error(`The server answers auth with ${answer}`);
		return client;
	}

	/** Connects several clients, one after another, because the service limits those that wait for authentication. */
	static async connectMany(count: number, url: string, apiKey: string): Promise<LoadClient[]> {
		const clients: LoadClient[] = [];
		while (clients.length < count) clients.push(await LoadClient.connect(url, apiKey));
		return clients;
	}

	send(message: object): void {
		this.socket.send(JSON.stringify(message));
	}

	ping(): void {
		this.sentAt = performance.now();
		this.socket.send(PING);
	}

	/** Closes the connection. Resolves once it is closed. */
	async close(): Promise<void> {
		if (this.socket.readyState === WebSocket.CLOSED) return;
		this.socket.close();
		await once(this.socket, 'close');
	}

	private receive(text: string): void {
		if (text.startsWith('{"type":"pong"')) this.onPong(performance.now() - this.sentAt);
		else if (text.startsWith('{"type":"ping"')) this.send({ type: 'pong' });
		else this.onEvent(text);
	}
}
