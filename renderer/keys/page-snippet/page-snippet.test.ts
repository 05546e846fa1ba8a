import { describe, expect, it } from 'vitest';
import { pageSnippet } from './page-snippet.ts';

const SNIPPET = pageSnippet({ address: 'ws://localhost:9090', apiKey: 'ak_test_0123' });

/** The handlers that the snippet sets on its socket. */
interface SnippetSocket {
	onopen?(): void;
	onclose?(): void;
	onmessage?(event: { data: string }): void;
}

/** Runs the snippet with a fake document and a fake WebSocket. */
class SnippetPage {
	readonly sent: unknown[] = [];
	readonly addresses: string[] = [];
	readonly button = { disabled: false, onclick: () => {} };
	readonly status = { textContent: '' };
	private socket: SnippetSocket = {};

	constructor() {
		const [, script] = /<script>(.*)<\/script>/s.exec(SNIPPET) ?? [];
		const document = { getElementById: (id: string) => (id === 'scan' ? this.button : this.status) };
		const page = this;
		class PageSocket implements SnippetSocket {
			onopen?(): void;
			onclose?(): void;
			onmessage?(event: { data: string }): void;
			constructor(address: string) {
				page.addresses.push(address);
				page.socket = this;
			}
			send = (text: string) => page.sent.push(JSON.parse(text));
			close = (code: number) => page.sent.push(`close ${code}`);
		}
		new Function('document', 'WebSocket', script ?? '')(document, PageSocket);
	}

	/** Presses the button and accepts the key. */
	start(): void {
		this.button.onclick();
		this.socket.onopen?.();
		this.receive({ type: 'auth:success', permissions: [] });
	}

	receive(message: unknown): void {
		this.socket.onmessage?.({ data: JSON.stringify(message) });
	}

	close(): void {
		this.socket.onclose?.();
	}
}

describe('the example page', () => {
	it('connects to this service and scans on its first reader', () => {
		const page = new SnippetPage();
		page.start();
		page.receive({ type: 'device:connected', device: { id: 'device-002' } });
		page.receive({ type: 'devices', devices: [{ id: 'device-002' }, { id: 'device-001' }] });
		page.receive({ type: 'scan:started' });
		expect(page.status.textContent).toBe('Place a finger on the reader');
		page.receive({ type: 'scan:complete', quality: 81, template: 'Rk1S' });
		expect(page.addresses).toEqual(['ws://localhost:9090']);
		expect(page.sent).toEqual([
			{ type: 'auth', apiKey: 'ak_test_0123' },
			{ type: 'devices:list' },
			{ type: 'scan:start', deviceId: 'device-002' },
			'close 1000',
		]);
		expect(page.status.textContent).toBe('Done, quality 81');
	});

	it.each([
		[{ type: 'devices', devices: [] }, 'No reader is plugged in'],
		[{ type: 'auth:error', message: 'Invalid API key' }, 'Invalid API key'],
		[{ type: 'scan:error', message: 'Low quality scan' }, 'Low quality scan'],
		[{ type: 'scan:timeout', message: 'No finger came' }, 'No finger came'],
		[{ type: 'error', error: 'Not allowed' }, 'Not allowed'],
	])('shows the problem after %j', (message, text) => {
		const page = new SnippetPage();
		page.start();
		page.receive(message);
		expect(page.status.textContent).toBe(text);
		expect(page.sent.at(-1)).toBe('close 1000');
	});

	it('disables its button during a scan', () => {
		const page = new SnippetPage();
		page.start();
		expect(page.button.disabled).toBe(true);
		page.close();
		expect(page.button.disabled).toBe(false);
	});
});
