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

/** Taking a picture takes up to 1 s on older modules, ms. */
const CAPTURE_TIMEOUT_MS = 1_500;
/** For commands that some modules do not know and may not answer at all. */
const OPTIONAL_COMMAND = { timeoutMs: 500, attempts: 2 };
/** How often one picture is fetched before the reader counts as faulty. */
const UPLOAD_ATTEMPTS = 3;
/** Speed to reckon with where it is unknown: the slowest, 9600. */
const SLOWEST_BAUD = 9_600;
/** Bits on the line for a byte: start, 8, stop. */
const BITS_PER_BYTE = 10;

/** What a module sees: nothing, a finger, or something it could take no picture of. */
export type CaptureResult = 'no-finger' | 'finger' | 'failed';

export interface Ef01ModuleOptions {
	readonly line: SerialLine;
	readonly clock: Clock;
	readonly logger: Logger;
}

/** A fingerprint module that speaks EF01. One call at a time, which its owner sees to. */
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
	 * Find the module behind an open line and ask what it is.
	 *
	 * @throws ServiceError DEVICE_TIMEOUT when none answers; DEVICE_INIT_FAILED for a password; as `HidPort.closed`
	 */
	static async find({ line, clock, logger }: Ef01ModuleOptions): Promise<Ef01Module> {
		const connection = new Ef01Connection(line, clock);
		const baud = await findBaud(connection);
		await connection.execute(COMMANDS.verifyPassword);
		const systemData = await tryRequest(connection, COMMANDS.readSystemParameters, SYSTEM_PARAMETERS_BYTES);
		const productData = await tryRequest(connection, COMMANDS.readProductInfo, PRODUCT_INFO_BYTES);
		const said = systemData && tryParseSystemParameters(systemData);
		const parameters = said && line.canSetBaud ? { ...said, baud } : said;
		const product = productData && parseProductInfo(productData);
		logger.info('Fingerprint module found', { ...parameters, ...product });
		return new Ef01Module(connection, logger, { parameters, product });
	}

	/** Look at the sensor, and keep the picture of a finger for `fetchPicture`. @throws ServiceError, as every call here */
	async capture(): Promise<CaptureResult> {
		const answer = await this.connection.request(COMMANDS.captureImage, { timeoutMs: CAPTURE_TIMEOUT_MS });
		if (answer[0] === NO_FINGER) return 'no-finger';
		if (answer[0] === CAPTURE_FAILED) return 'failed';
		checkConfirmCode(answer);
		return 'finger';
	}

	/**
	 * The picture that the last `look` took: as fast as the line can at first, at its usual speed when that went wrong.
	 *
	 * A picture on its way cannot be stopped; this resolves or rejects once the line is free for the next command.
	 *
	 * @param signal aborted, a picture that went wrong is not fetched again, and this rejects with the signal's reason
	 */
	async fetchImage(signal: AbortSignal): Promise<GreyImage> {
		for (let attempt = 1; ; attempt++) {
			const { parameters } = this;
			const isHurried = this.canUploadFast && parameters !== undefined;
			try {
				return isHurried
					? await withFastestSettings(this.connection, parameters, () => this.upload())
					: await this.upload();
			} catch (error) {
				if (attempt === UPLOAD_ATTEMPTS || !isTimeout(error)) throw error;
				signal.throwIfAborted();
				this.logger.warn('Picture is fetched again', { attempt, isHurried, error });
				this.canUploadFast = false;
			}
		}
	}

	/** Show that a finger is awaited, or no longer, on modules that have a light; its failure is no fault. */
	async setLight(isOn: boolean): Promise<void> {
		if (!this.hasLight) return;
		const { auraOn, auraOff, ledOn, ledOff } = COMMANDS;
		// Those with a ring light are the ones that say what they are.
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
		const message = `The reader sent a picture of ${packed.length} bytes, which is the size of no known sensor`;
		throw new ServiceError('DEVICE_TIMEOUT', { message });
	}

	/** Twice what the line needs, and a second. */
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
