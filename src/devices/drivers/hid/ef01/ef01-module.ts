import type { GreyImage } from '../../../../biometrics/worker-engine.ts';
import type { Logger } from '../../../../log/logger.ts';
import { ServiceError } from '../../../../protocol/errors.ts';
import type { Clock } from '../../../../time/clock.ts';
import type { SerialLine } from '../transport/serial-line.ts';
import { findBaud, withFastestSettings } from './baud-rate.ts';
import {
	CAPTURE_FAILED,
	COMMANDS,
	NO_FINGER,
	OK,
	PRODUCT_INFO_BYTES,
	type ProductInfo,
	parseProductInfo,
	SYSTEM_PARAMETERS_BYTES,
	type SystemParameters,
	tryParseSystemParameters,
} from './commands.ts';
import { checkConfirmCode } from './confirm-codes.ts';
import { Ef01Connection, isTimeout } from './ef01-connection.ts';
import { findImageSize, maxPackedBytes, unpackImage } from './packed-image.ts';
import { Ef01Upload } from './upload.ts';

/** Timeout of a capture, which takes up to 1 s on older modules, ms. */
const CAPTURE_TIMEOUT_MS = 1_500;
/** Options for commands that some modules do not support and may not answer. */
const OPTIONAL_COMMAND = { timeoutMs: 500, attempts: 2 };
/** How often fetching an image is attempted before the reader counts as faulty. */
const UPLOAD_ATTEMPTS = 3;
/** Baud rate that is assumed when it is unknown. */
const SLOWEST_BAUD = 9_600;
/** Bits on the line per byte: start bit, 8 data bits, stop bit. */
const BITS_PER_BYTE = 10;

/** The result of a capture; `failed` means that the module detected something without being able to capture it. */
export type CaptureResult = 'no-finger' | 'finger' | 'failed';

export interface Ef01ModuleOptions {
	readonly line: SerialLine;
	readonly clock: Clock;
	readonly logger: Logger;
}

/** A fingerprint module with the EF01 protocol. The caller must not start a call before the previous one has settled. */
export class Ef01Module {
	private readonly connection: Ef01Connection;
	private readonly logger: Logger;
	private readonly parameters: SystemParameters | undefined;
	private readonly product: ProductInfo | undefined;
	private hasLight = true;
	private canUploadFast = true;

	private constructor(
		connection: Ef01Connection,
		logger: Logger,
		known: { parameters: SystemParameters | undefined; product: ProductInfo | undefined },
	) {
		this.connection = connection;
		this.logger = logger;
		this.parameters = known.parameters;
		this.product = known.product;
	}

	/**
	 * Finds the module on an open line and reads its properties.
	 *
	 * @throws ServiceError DEVICE_TIMEOUT when none answers; DEVICE_INIT_FAILED when it has a password; as `HidPort.closed`
	 */
	static async find({ line, clock, logger }: Ef01ModuleOptions): Promise<Ef01Module> {
		const connection = new Ef01Connection(line, clock);
		const baud = await findBaud(connection);
		await connection.execute(COMMANDS.verifyPassword);
		const systemData = await tryRequest(connection, COMMANDS.readSystemParameters, SYSTEM_PARAMETERS_BYTES);
		const productData = await tryRequest(connection, COMMANDS.readProductInfo, PRODUCT_INFO_BYTES);
		const reported = systemData && tryParseSystemParameters(systemData);
		const parameters = reported && line.canSetBaud ? { ...reported, baud } : reported;
		const product = productData && parseProductInfo(productData);
		logger.info('Fingerprint module found', { ...parameters, ...product });
		return new Ef01Module(connection, logger, { parameters, product });
	}

	/** Captures an image, which stays in the module for `fetchImage`. @throws ServiceError like all methods */
	async capture(): Promise<CaptureResult> {
		const answer = await this.connection.request(COMMANDS.captureImage, { timeoutMs: CAPTURE_TIMEOUT_MS });
		if (answer[0] === NO_FINGER) return 'no-finger';
		if (answer[0] === CAPTURE_FAILED) return 'failed';
		checkConfirmCode(answer);
		return 'finger';
	}

	/**
	 * Fetches the image of the last `capture`: first with the fastest settings, after a failure with the usual ones.
	 *
	 * An upload cannot be cancelled; the call settles once the line is free for the next command.
	 *
	 * @param signal when it is aborted, a failed upload is not repeated, and the call rejects with the signal's reason
	 */
	async fetchImage(signal: AbortSignal): Promise<GreyImage> {
		for (let attempt = 1; ; attempt++) {
			const { parameters } = this;
			const isFast = this.canUploadFast && parameters !== undefined;
			try {
				return isFast
					? await withFastestSettings(this.connection, parameters, () => this.upload())
					: await this.upload();
			} catch (error) {
				if (attempt === UPLOAD_ATTEMPTS || !isTimeout(error)) throw error;
				signal.throwIfAborted();
				this.logger.warn('The image is fetched again', { attempt, isFast, error });
				this.canUploadFast = false;
			}
		}
	}

	/** Switches the light that prompts for a finger, if the module has one; a failure is logged and ignored. */
	async setLight(isOn: boolean): Promise<void> {
		if (!this.hasLight) return;
		const { auraOn, auraOff, ledOn, ledOff } = COMMANDS;
		// Only modules with a ring light report product information.
		const [on, off] = this.product ? [auraOn, auraOff] : [ledOn, ledOff];
		try {
			await this.connection.execute(isOn ? on : off, OPTIONAL_COMMAND);
		} catch (error) {
			this.hasLight = false;
			this.logger.debug('Module has no light', { error });
		}
	}

	private async upload(): Promise<GreyImage> {
		const maxBytes = maxPackedBytes(this.product);
		const upload = new Ef01Upload(maxBytes);
		const timeouts = { timeoutMs: this.uploadTimeoutMs(maxBytes) };
		return this.connection.stream(COMMANDS.uploadImage, timeouts, (event) => {
			const packed = upload.receive(event);
			return packed && this.toImage(packed);
		});
	}

	private toImage(packed: Uint8Array): GreyImage {
		const size = findImageSize(packed.length, this.product);
		if (size) return unpackImage(packed, size);
		const message = `The reader sent an image of ${packed.length} bytes, which is not a known image size: check its cable, then scan again`;
		throw new ServiceError('DEVICE_TIMEOUT', { message });
	}

	/** Returns twice the transmission time plus a second, ms. */
	private uploadTimeoutMs(bytes: number): number {
		const { baud = SLOWEST_BAUD, packetSizeBytes = 32 } = this.parameters ?? {};
		const bytesOnLine = bytes * (1 + 11 / packetSizeBytes);
		return 1_000 + Math.ceil((2 * 1_000 * BITS_PER_BYTE * bytesOnLine) / baud);
	}
}

async function tryRequest(
	connection: Ef01Connection,
	command: Uint8Array,
	dataBytes: number,
): Promise<Uint8Array | undefined> {
	try {
		const answer = await connection.request(command, { ...OPTIONAL_COMMAND, dataBytes });
		return answer[0] === OK ? answer.subarray(1) : undefined;
	} catch (error) {
		if (!isTimeout(error)) throw error;
		return undefined;
	}
}
