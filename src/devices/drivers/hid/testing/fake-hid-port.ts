import { ServiceError } from '../../../../protocol/errors.ts';
import type { HidPort } from '../transport/hid-port.ts';

/** Implements `HidPort` in memory: records what is sent as hexadecimal text, and rejects calls that the test has not scripted. */
export class FakeHidPort implements HidPort {
	readonly closed: Promise<ServiceError>;
	/** The calls in order: `write 01 41`, `feature 41 01` or `get 46`. */
	readonly sent: string[] = [];
	/** How often `close` was called. */
	closeCalls = 0;
	/** Called by `write` after recording; replace it to answer, fail or hang. */
	onWrite: (report: Uint8Array) => void | Promise<void> = () => unscripted('write');
	onSendFeature: (report: Uint8Array) => void | Promise<void> = () => unscripted('sendFeatureReport');
	onGetFeature: (reportId: number, length: number) => Uint8Array | Promise<Uint8Array> = () =>
		unscripted('getFeatureReport');
	private listener: ((report: Uint8Array) => void) | undefined;
	private reason: ServiceError | undefined;
	private resolveClosed: (reason: ServiceError) => void = () => {};
	private readonly rejectPending = new Set<(reason: ServiceError) => void>();

	constructor() {
		this.closed = new Promise((resolve) => {
			this.resolveClosed = resolve;
		});
	}

	onReport(listener: (report: Uint8Array) => void): void {
		this.listener = listener;
	}

	async write(report: Uint8Array): Promise<void> {
		await this.call(`write ${toHex(report)}`, () => this.onWrite(report));
	}

	async sendFeatureReport(report: Uint8Array): Promise<void> {
		await this.call(`feature ${toHex(report)}`, () => this.onSendFeature(report));
	}

	async getFeatureReport(reportId: number, length: number): Promise<Uint8Array> {
		return this.call(`get ${toHex(Uint8Array.of(reportId))}`, () => this.onGetFeature(reportId, length));
	}

	async close(): Promise<void> {
		this.closeCalls++;
		this.end(new ServiceError('DEVICE_INIT_FAILED', { message: 'The reader is not open' }));
	}

	/** Delivers an input report. */
	receive(report: Uint8Array): void {
		if (!this.reason) this.listener?.(report);
	}

	/** Unplugs the device, or ends the port for another reason: pending and later calls reject. */
	unplug(reason = new ServiceError('DEVICE_DISCONNECTED')): void {
		this.end(reason);
	}

	private end(reason: ServiceError): void {
		if (this.reason) return;
		this.reason = reason;
		this.listener = undefined;
		this.resolveClosed(reason);
		for (const reject of this.rejectPending) reject(reason);
	}

	private async call<T>(what: string, script: () => T | Promise<T>): Promise<T> {
		if (this.reason) throw this.reason;
		this.sent.push(what);
		return new Promise((resolve, reject) => {
			this.rejectPending.add(reject);
			const answer = (async () => script())();
			answer.then(resolve, reject).finally(() => this.rejectPending.delete(reject));
		});
	}
}

/** Formats bytes: `ef 01 ff`. */
export function toHex(bytes: Uint8Array): string {
	return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
}

function unscripted(call: string): never {
	throw new Error(`${call} is not scripted`);
}
