import type { ServiceError } from '../../../../protocol/errors.ts';
import type { ZkFingerLink } from '../process/zkfinger-client.ts';
import type { Capture, FoundReader, ZkFingerRequest, ZkFingerResults } from '../process/zkfinger-messages.ts';

/** A link for tests: answers at once what the test says, and knows what it was asked. */
export class FakeZkFingerLink implements ZkFingerLink {
	isRunning = true;
	isClosed = false;
	/** Every request but looks, such as `open A1`. */
	readonly requests: string[] = [];
	/** What a scan finds. */
	readers: readonly FoundReader[] = [];
	/** What rests on the sensor of each reader. */
	readonly sensors = new Map<string, Capture>();
	/** What requests of a type fail with, the next one first. */
	readonly failures: Partial<Record<ZkFingerRequest['type'], ServiceError[]>> = {};
	/** Set, requests of this type wait for it. */
	held: { readonly type: ZkFingerRequest['type']; readonly until: Promise<void> } | undefined;

	async call<R extends ZkFingerRequest>(request: R): Promise<ZkFingerResults[R['type']]> {
		if (request.type !== 'capture') this.requests.push(wordsOf(request));
		if (this.held?.type === request.type) await this.held.until;
		const failure = this.failures[request.type]?.shift();
		if (failure !== undefined) throw failure;
		const results: ZkFingerResults = {
			load: undefined,
			scan: this.readers,
			open: undefined,
			close: undefined,
			capture: ('serialNumber' in request && this.sensors.get(request.serialNumber)) || { type: 'empty' },
			end: undefined,
		};
		return results[request.type as R['type']];
	}

	async close(): Promise<void> {
		this.isClosed = true;
	}

	/** How often it was asked this. */
	count(request: string): number {
		return this.requests.filter((made) => made === request).length;
	}
}

function wordsOf(request: ZkFingerRequest): string {
	return 'serialNumber' in request ? `${request.type} ${request.serialNumber}` : request.type;
}
