import { ServiceError } from '../../../../protocol/errors.ts';
import { checkConfirmCode } from './confirm-codes.ts';
import type { DecoderEvent } from './packet-decoder.ts';

/**
 * Collects the packets that answer UpImage: an acknowledgement, data, last data, without a pause for us to say anything.
 *
 * ```
 * waiting --OK--> receiving --last data--> done
 *    |               ^ | data, faults
 *    +-data, fault---+-+   a damaged picture is heard to its end, so that the line is free when it is given up
 * ```
 */
export class Ef01Upload {
	private readonly data: Uint8Array;
	private size = 0;
	private isAcknowledged = false;
	private isDamaged = false;

	/** @param maxBytes of data; more than that is no picture */
	constructor(maxBytes: number) {
		this.data = new Uint8Array(maxBytes);
	}

	/** @returns the data of all packets, after the last. @throws ServiceError what the module answers; DEVICE_TIMEOUT if damaged */
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
		// The rest of an earlier picture, which was given up.
		if (!this.isAcknowledged) this.isDamaged = true;
		if (this.size + payload.length > this.data.length) throw damaged('more bytes than a picture has');
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
