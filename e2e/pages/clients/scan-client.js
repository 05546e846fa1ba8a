const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 30_000;

/** Close codes after which a new connection would fail in the same way: the key is wrong, revoked or expired. */
const KEY_REFUSED = [4001, 4002, 4005];

/**
 * A client without dependencies, for pages and for Node. It authenticates, answers pings, reconnects with increasing
 * delays, and repeats a scan until the finger is good enough.
 */
// biome-ignore lint/correctness/noUnusedVariables: used by the page that includes this script
class ScanClient {
	/**
	 * @param {{ url: string, apiKey: string, onMessage?: (message: object) => void }} options `onMessage` receives every
	 * message of the service.
	 */
	constructor({ url, apiKey, onMessage = () => {} }) {
		this.url = url;
		this.apiKey = apiKey;
		this.onMessage = onMessage;
		this.delayMs = FIRST_DELAY_MS;
		this.isClosed = false;
		this.connect();
	}

	/** Starts a scan on a reader; its template arrives in `scan:complete`. */
	scan(deviceId, options = {}) {
		this.send({ type: 'scan:start', deviceId, options });
	}

	close() {
		this.isClosed = true;
		this.socket.close(1000);
	}

	connect() {
		this.socket = new WebSocket(this.url);
		this.socket.addEventListener('open', () => this.send({ type: 'auth', apiKey: this.apiKey }));
		this.socket.addEventListener('message', ({ data }) => this.handle(JSON.parse(data)));
		this.socket.addEventListener('close', ({ code }) => this.reconnect(code));
	}

	reconnect(code) {
		if (this.isClosed || KEY_REFUSED.includes(code)) return;
		setTimeout(() => this.connect(), this.delayMs);
		this.delayMs = Math.min(2 * this.delayMs, LONGEST_DELAY_MS);
	}

	handle(message) {
		if (message.type === 'ping') this.send({ type: 'pong' });
		if (message.type === 'auth:success') this.delayMs = FIRST_DELAY_MS;
		if (message.type === 'scan:error' && message.retryable && message.deviceId) this.scan(message.deviceId);
		this.onMessage(message);
	}

	send(message) {
		this.socket.send(JSON.stringify(message));
	}
}
