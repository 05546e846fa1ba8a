import type { ServiceError } from '../../../../protocol/errors.ts';
import type { ZkFingerConnection } from '../process/zkfinger-client.ts';
import type { Capture, FoundReader, ZkFingerRequest, ZkFingerResults } from '../process/zkfinger-messages.ts';

/** A connection for tests: answers immediately with what the test sets, and records the requests. */
export class FakeZkFingerConnection implements ZkFingerConnection {
	isRunning = true;
	isClosed = false;
	/** Every request except captures, such as `open A1`. */
	readonly requests: string[] = [];
	/** The result of a scan. */
	readers: readonly FoundReader[] = [];
	/** The result of a capture, by serial number; `empty` if missing. */
	readonly captures = new Map<string, Capture>();
	/** The errors of the next requests, by type. */
	readonly failures: Partial<Record<ZkFingerRequest['type'], ServiceError[]>> = {};
	/** If set, requests of this type wait for the promise. */
	held: { readonly type: ZkFingerRequest['type']; readonly until: Promise<void> } | undefined;

	async call<R extends ZkFingerRequest>(request: R): Promise<ZkFingerResults[R['type']]> {
		if (request.type !== 'capture') this.requests.push(describeRequest(request));
		if (this.held?.type === request.type) await this.held.until;
		const failure = this.failures[request.type]?.shift();
		if (failure !== undefined) throw failure;
		const results: ZkFingerResults = {
			load: undefined,
			scan: this.readers,
			open: undefined,
			close: undefined,
			capture: ('serialNumber' in request && this.captures.get(request.serialNumber)) || { type: 'empty' },
			end: undefined,
		};
		return results[request.type as R['type']];
	}

	async close(): Promise<void> {
		this.isClosed = true;
	}

	/** Returns how often this request was made. */
	count(request: string): number {
		return this.requests.filter((made) => made === request).length;
	}
}

function describeRequest(request: ZkFingerRequest): string {
	return 'serialNumber' in request ? `${request.type} ${request.serialNumber}` : request.type;
}
