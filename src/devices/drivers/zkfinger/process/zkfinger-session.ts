import { IMAGE_DPI, MAX_IMAGE_SIDE } from '../../../../biometrics/worker-engine.ts';
import { ServiceError } from '../../../../protocol/errors.ts';
import { ZKFP, zkFingerError } from '../library/zkfinger-codes.ts';
import type { ZkFingerHandle, ZkFingerLibrary } from '../library/zkfinger-library.ts';
import { PARAMETER, type Parameter, readNumber, readText } from '../library/zkfinger-parameters.ts';
import { type Capture, type FoundReader, toErrorMessage } from './zkfinger-messages.ts';

/** Resolution that is assumed when the reader does not report a plausible one, dpi. */
const DEFAULT_DPI = 500;
/** Bits of parameter 2004 that are all set for a live finger. @see the SDK's Java demo, which rejects all other values */
const LIVE_FINGER_BITS = 31;

interface OpenReader {
	readonly handle: ZkFingerHandle;
	readonly width: number;
	readonly height: number;
	readonly dpi: number;
	/** Whether the reader distinguishes live fingers from copies. */
	readonly hasAntiFake: boolean;
	/** Overwritten by each capture. */
	readonly data: Uint8Array;
}

/**
 * The library from Init to Terminate, and the readers that it has opened. Every method blocks.
 *
 * `scan` restarts the library; `open` does so if there was no successful scan.
 */
export class ZkFingerSession {
	private readonly library: ZkFingerLibrary;
	private isInitialised = false;
	/** Index of each reader of the last scan, by the serial number that `scan` returned. */
	private readonly indexes = new Map<string, number>();
	private readonly readers = new Map<string, OpenReader>();

	constructor(library: ZkFingerLibrary) {
		this.library = library;
	}

	/** Restarts the library. @returns the readers, all open except those with a fault. @throws ServiceError if Init fails */
	scan(): FoundReader[] {
		this.end();
		const code = this.library.init();
		if (code === ZKFP.noDevice) return [];
		if (code !== ZKFP.ok && code !== ZKFP.alreadyInitialised) throw zkFingerError('ZKFPM_Init', code);
		this.isInitialised = true;
		const count = this.library.deviceCount();
		if (count < 0 && count !== ZKFP.noDevice) throw zkFingerError('ZKFPM_GetDeviceCount', count);
		return Array.from({ length: Math.max(count, 0) }, (_, index) => this.openFound(index));
	}

	/** Does nothing if the reader is open. @throws ServiceError DEVICE_INIT_FAILED, also when there is no such reader */
	open(serialNumber: string): void {
		if (!this.isInitialised) this.scan();
		if (this.readers.has(serialNumber)) return;
		const index = this.indexes.get(serialNumber);
		if (index === undefined)
			throw new ServiceError('DEVICE_INIT_FAILED', { message: 'The reader is unplugged: plug it in again' });
		const handle = this.openHandle(index);
		// After a replug another reader may have this index.
		if (serialNumberOf(this.library, handle, index) !== serialNumber && !isPlaceholder(serialNumber)) {
			this.library.closeDevice(handle);
			throw new ServiceError('DEVICE_INIT_FAILED', {
				message: 'Another reader is plugged in instead: use that one, or plug the first one in again',
			});
		}
		this.readers.set(serialNumber, this.readProperties(handle));
	}

	/** Does nothing if the reader is not open. @throws ServiceError if CloseDevice fails; the reader counts as closed anyway */
	close(serialNumber: string): void {
		const reader = this.readers.get(serialNumber);
		if (reader === undefined) return;
		this.readers.delete(serialNumber);
		const code = this.library.closeDevice(reader.handle);
		if (code !== ZKFP.ok) throw zkFingerError('ZKFPM_CloseDevice', code);
	}

	/** Captures once. The next capture overwrites the image. @throws ServiceError for the code that the library returned */
	capture(serialNumber: string): Capture {
		const reader = this.readers.get(serialNumber);
		if (reader === undefined) throw new ServiceError('DEVICE_INIT_FAILED', { message: 'The reader is not open' });
		const { handle, width, height, dpi, data } = reader;
		const code = this.library.acquireImage(handle, data);
		if (code === ZKFP.noImage) return { type: 'empty' };
		if (code === ZKFP.poorQuality) return { type: 'poor-quality' };
		if (code === ZKFP.busy) return { type: 'busy' };
		if (code !== ZKFP.ok) throw zkFingerError('ZKFPM_AcquireFingerprintImage', code);
		return { type: 'image', image: { width, height, dpi, data }, antiFakeStatus: this.spoofStatus(reader) };
	}

	/** Closes every reader and terminates the library; idempotent. Ignores readers that cannot be closed. */
	end(): void {
		for (const { handle } of this.readers.values()) this.library.closeDevice(handle);
		this.readers.clear();
		this.indexes.clear();
		if (this.isInitialised) this.library.terminate();
		this.isInitialised = false;
	}

	/** Opens a reader to read its serial number and model; it stays open. */
	private openFound(index: number): FoundReader {
		let serialNumber = placeholderSerialNumber(index);
		let model = UNNAMED_MODEL;
		try {
			const handle = this.openHandle(index);
			const own = serialNumberOf(this.library, handle, index);
			if (!this.indexes.has(own)) serialNumber = own;
			model = readText(this.library, handle, PARAMETER.productName) || UNNAMED_MODEL;
			this.readers.set(serialNumber, this.readProperties(handle));
			return { serialNumber, model };
		} catch (thrown) {
			return { serialNumber, model, fault: toErrorMessage(thrown) };
		} finally {
			this.indexes.set(serialNumber, index);
		}
	}

	private openHandle(index: number): ZkFingerHandle {
		const handle = this.library.openDevice(index);
		if (handle !== undefined) return handle;
		const message =
			'The reader cannot be opened: close other programs that use it; on Linux also install the udev rules of the service';
		throw new ServiceError('DEVICE_INIT_FAILED', { message, details: { call: 'ZKFPM_OpenDevice', index } });
	}

	/** Closes the handle and throws a ServiceError if the reader reports an invalid image size. */
	private readProperties(handle: ZkFingerHandle): OpenReader {
		const read = (parameter: Parameter) => readNumber(this.library, handle, parameter) ?? 0;
		const [width, height, dpi] = [read(PARAMETER.width), read(PARAMETER.height), read(PARAMETER.dpi)];
		if (![width, height].every((side) => side >= 1 && side <= MAX_IMAGE_SIDE)) {
			this.library.closeDevice(handle);
			const message = `The reader reports an invalid image size of ${width} x ${height} pixels: plug it in again`;
			throw new ServiceError('DEVICE_INIT_FAILED', { message, details: { width, height } });
		}
		return {
			handle,
			width,
			height,
			dpi: dpi >= IMAGE_DPI.min && dpi <= IMAGE_DPI.max ? dpi : DEFAULT_DPI,
			hasAntiFake: this.enableAntiFake(handle),
			data: new Uint8Array(width * height),
		};
	}

	/** Switches anti-fake on. @returns whether it is on: models without it refuse the parameter, or keep returning 0 */
	private enableAntiFake(handle: ZkFingerHandle): boolean {
		const code = this.library.setParameter(handle, PARAMETER.antiFake, 1);
		return code === ZKFP.ok && readNumber(this.library, handle, PARAMETER.antiFake) === 1;
	}

	private spoofStatus({ handle, hasAntiFake }: OpenReader): number | undefined {
		const status = hasAntiFake ? readNumber(this.library, handle, PARAMETER.antiFakeStatus) : undefined;
		return status === undefined || (status & LIVE_FINGER_BITS) === LIVE_FINGER_BITS ? undefined : status;
	}
}

const UNNAMED_MODEL = 'ZKFinger reader';

/** Replaces a missing or duplicate serial number; valid until a reader is plugged in or out. */
function placeholderSerialNumber(index: number): string {
	return `no-serial-number-${index + 1}`;
}

function isPlaceholder(serialNumber: string): boolean {
	return serialNumber.startsWith('no-serial-number-');
}

function serialNumberOf(library: ZkFingerLibrary, handle: ZkFingerHandle, index: number): string {
	return readText(library, handle, PARAMETER.serialNumber) || placeholderSerialNumber(index);
}
