import { ServiceError } from '../../../../protocol/errors.ts';
import { checkConfirmCode } from './confirm-codes.ts';
import type { DecoderEvent } from './packet-decoder.ts';

/**
 * Collects the packets that answer UpImage: an acknowledgement, data and last data, without any handshake in between.
 *
 * ```
 * waiting --OK--> receiving --last data--> done
 *    |               ^ | data, faults
 *    +-data, fault---+-+   a damaged image is received to its end, so that the line is free afterwards
 * ```
 */
export class Ef01Upload {
	private readonly data: Uint8Array;
	private size = 0;
	private isAcknowledged = false;
	private isDamaged = false;

	/** @param maxBytes maximum size of an image; more data is an error */
	constructor(maxBytes: number) {
		this.data = new Uint8Array(maxBytes);
	}

	/** Adds one event. @returns the data of all packets after the last one. @throws ServiceError for an error code; DEVICE_TIMEOUT when damaged */
	receive(event: DecoderEvent): Uint8Array | undefined {
		if (event.kind === 'fault') {
			this.isDamaged = true;
			return undefined;
		}
		const { type, payload } = event.packet;
		if (type === 'acknowledgement' && !this.isAcknowledged) {
			checkConfirmCode(payload);
			this.isAcknowledged = true;
		}
		if (type === 'data' || type === 'last-data') this.append(payload);
		return type === 'last-data' ? this.finish() : undefined;
	}

	private append(payload: Uint8Array): void {
		// Data without an acknowledgement is the rest of an earlier upload that failed.
		if (!this.isAcknowledged) this.isDamaged = true;
		if (this.size + payload.length > this.data.length) throw damaged('more bytes than an image has');
		this.data.set(payload, this.size);
		this.size += payload.length;
	}

	private finish(): Uint8Array {
		if (this.isDamaged) throw damaged('damaged packets');
		return this.data.subarray(0, this.size);
	}
}

function damaged(what: string): ServiceError {
	return new ServiceError('DEVICE_TIMEOUT', { message: `The reader sent ${what}: check its cable, then scan again` });
}
