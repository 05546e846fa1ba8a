import { once } from 'node:events';
import { connect } from 'node:net';

export interface RawResponse {
	readonly status: number;
	/** Header names are in lower case. */
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string;
}

/**
 * Sends an HTTP request line by line, for requests that no client library would send.
 *
 * @param lines request line and headers
 * @returns the response, once the server closes the connection; only its head if the server switches protocols
 */
export async function rawRequest(port: number, ...lines: string[]): Promise<RawResponse> {
	const socket = connect({ host: '127.0.0.1', port });
	socket.write([...lines, '', ''].join('\r\n'));
	let text = '';
	socket.setEncoding('utf8');
	socket.on('data', (chunk: string) => {
		text += chunk;
		if (/^HTTP\/1.1 101 .*\r\n\r\n/s.test(text)) socket.destroy();
	});
	await once(socket, 'close');
	return parse(text);
}

/** Returns the lines of a WebSocket handshake with changed or additional headers; `undefined` leaves one out. */
export function handshakeLines(path: string, headers: Record<string, string | undefined> = {}): string[] {
	const all = {
		Host: 'localhost',
		Upgrade: 'websocket',
		Connection: 'Upgrade',
		'Sec-WebSocket-Version': '13',
		'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
		...headers,
	};
	const lines = Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`]));
	return [`GET ${path} HTTP/1.1`, ...lines];
}

function parse(text: string): RawResponse {
	const [head = '', body = ''] = text.split('\r\n\r\n', 2);
	const [statusLine = '', ...lines] = head.split('\r\n');
	const headers = lines
		.map((line) => line.split(': ', 2))
		.map(([name = '', value = '']) => [name.toLowerCase(), value]);
	return { status: Number(statusLine.split(' ')[1]), headers: Object.fromEntries(headers), body };
}
