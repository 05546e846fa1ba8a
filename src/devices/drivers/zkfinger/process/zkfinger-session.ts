import { IMAGE_DPI, MAX_IMAGE_SIDE } from '../../../../biometrics/worker-engine.ts';
import { ServiceError } from '../../../../protocol/errors.ts';
import { ZKFP, zkFingerError } from '../library/zkfinger-codes.ts';
import type { ZkFingerHandle, ZkFingerLibrary } from '../library/zkfinger-library.ts';
import { PARAMETER, type Parameter, readNumber, readText } from '../library/zkfinger-parameters.ts';
import { type Capture, type FoundReader, toErrorMessage } from './zkfinger-messages.ts';

/** Of a reader that does not tell. */
const USUAL_DPI = 500;
/** Bits of parameter 2004 that are all set for a living finger. @see the Java demo of the SDK, which refuses any other */
const LIVING = 31;

interface OpenReader {
	readonly handle: ZkFingerHandle;
	readonly width: number;
	readonly height: number;
	readonly dpi: number;
	/** Whether the reader tells living fingers from copies. */
	readonly hasAntiFake: boolean;
	/** Filled anew by each capture. */
	readonly data: Uint8Array;
}

/**
 * The library between its Init and its Terminate, and the readers it has opened. Every method blocks.
 *
 * `scan` starts the library afresh; `open` does it, too, in a session that has never scanned. After a failed one the next
 * starts from nothing.
 */
export class ZkFingerSession {
	private readonly library: ZkFingerLibrary;
	private isInitialised = false;
	/** Index of each reader of the last scan, by the serial number it was given. */
	private readonly indexes = new Map<string, number>();
	private readonly readers = new Map<string, OpenReader>();

	constructor(library: ZkFingerLibrary) {
		this.library = library;
	}

	/** @returns the readers, all open except those with a fault. @throws ServiceError what Init failed with */
	scan(): FoundReader[] {
		this.end();
		const code = this.library.init();
		if (code === ZKFP.noDevice) return [];
		if (code !== ZKFP.ok && code !== ZKFP.alreadyInitialised) throw zkFingerError('ZKFPM_Init', code);
		this.isInitialised = true;
		const count = this.library.deviceCount();
		if (count < 0 && count !== ZKFP.noDevice) throw zkFingerError('ZKFPM_GetDeviceCount', count);
		return Array.from({ length: Math.max(count, 0) }, (_, index) => this.find(index));
	}

	/** Harmless on a reader that is open. @throws ServiceError DEVICE_INIT_FAILED, also when there is no such reader */
	open(serialNumber: string): void {
		if (!this.isInitialised) this.scan();
		if (this.readers.has(serialNumber)) return;
		const index = this.indexes.get(serialNumber);
		if (index === undefined) throw new ServiceError('DEVICE_INIT_FAILED', { message: 'The reader is unplugged' });
		const handle = this.openHandle(index);
		// After a replug another reader may have the index.
		if (serialNumberOf(this.library, handle, index) !== serialNumber && !isMakeshift(serialNumber)) {
			this.library.closeDevice(handle);
			throw new ServiceError('DEVICE_INIT_FAILED', { message: 'Another reader is plugged in instead' });
		}
		this.readers.set(serialNumber, this.prepare(handle));
	}

	/** Harmless on a reader that is not open. @throws ServiceError what CloseDevice failed with; the reader counts as closed */
	close(serialNumber: string): void {
		const reader = this.readers.get(serialNumber);
		if (reader === undefined) return;
		this.readers.delete(serialNumber);
		const code = this.library.closeDevice(reader.handle);
		if (code !== ZKFP.ok) throw zkFingerError('ZKFPM_CloseDevice', code);
	}

	/** Look at the sensor once. The picture is overwritten by the next look. @throws ServiceError of the code */
	capture(serialNumber: string): Capture {
		const reader = this.readers.get(serialNumber);
		if (reader === undefined) throw new ServiceError('DEVICE_INIT_FAILED', { message: 'The reader is not open' });
		const { handle, width, height, dpi, data } = reader;
		const code = this.library.acquireImage(handle, data);
		if (code === ZKFP.noImage) return { type: 'empty' };
		if (code === ZKFP.poorPress) return { type: 'poor-press' };
		if (code === ZKFP.busy) return { type: 'busy' };
		if (code !== ZKFP.ok) throw zkFingerError('ZKFPM_AcquireFingerprintImage', code);
		return { type: 'picture', picture: { width, height, dpi, data }, antiFakeStatus: this.deadStatus(reader) };
	}

	/** Close every reader and end the library's work; idempotent. What does not close goes with the rest. */
	end(): void {
		for (const { handle } of this.readers.values()) this.library.closeDevice(handle);
		this.readers.clear();
		this.indexes.clear();
		if (this.isInitialised) this.library.terminate();
		this.isInitialised = false;
	}

	/** Open the reader to ask what it is; it stays open. */
	private find(index: number): FoundReader {
		let serialNumber = makeshift(index);
		let model = UNNAMED_MODEL;
		try {
			const handle = this.openHandle(index);
			const own = serialNumberOf(this.library, handle, index);
			if (!this.indexes.has(own)) serialNumber = own;
			model = readText(this.library, handle, PARAMETER.productName) || UNNAMED_MODEL;
			this.readers.set(serialNumber, this.prepare(handle));
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
			'The reader cannot be opened: end other programs that use it; on Linux install the udev rules of the service';
		throw new ServiceError('DEVICE_INIT_FAILED', { message, details: { call: 'ZKFPM_OpenDevice', index } });
	}

	/** @throws ServiceError, and closes the handle, when the reader has no usable size */
	private prepare(handle: ZkFingerHandle): OpenReader {
		const read = (parameter: Parameter) => readNumber(this.library, handle, parameter) ?? 0;
		const [width, height, dpi] = [read(PARAMETER.width), read(PARAMETER.height), read(PARAMETER.dpi)];
		if (![width, height].every((side) => side >= 1 && side <= MAX_IMAGE_SIDE)) {
			this.library.closeDevice(handle);
			const message = `The reader says that its pictures have ${width} x ${height} pixels: replug it`;
			throw new ServiceError('DEVICE_INIT_FAILED', { message, details: { width, height } });
		}
		return {
			handle,
			width,
			height,
			dpi: dpi >= IMAGE_DPI.min && dpi <= IMAGE_DPI.max ? dpi : USUAL_DPI,
			hasAntiFake: this.switchAntiFakeOn(handle),
			data: new Uint8Array(width * height),
		};
	}

	/** @returns whether the reader has done it: models without anti-fake refuse, or go on reading 0 */
	private switchAntiFakeOn(handle: ZkFingerHandle): boolean {
		const code = this.library.setParameter(handle, PARAMETER.antiFake, 1);
		return code === ZKFP.ok && readNumber(this.library, handle, PARAMETER.antiFake) === 1;
	}

	private deadStatus({ handle, hasAntiFake }: OpenReader): number | undefined {
		const status = hasAntiFake ? readNumber(this.library, handle, PARAMETER.antiFakeStatus) : undefined;
		return status === undefined || (status & LIVING) === LIVING ? undefined : status;
	}
}

const UNNAMED_MODEL = 'ZKFinger reader';

/** Of a reader that has no serial number, or the same as another: holds while nothing is replugged. */
function makeshift(index: number): string {
	return `no-serial-number-${index + 1}`;
}

function isMakeshift(serialNumber: string): boolean {
	return serialNumber.startsWith('no-serial-number-');
}

function serialNumberOf(library: ZkFingerLibrary, handle: ZkFingerHandle, index: number): string {
	return readText(library, handle, PARAMETER.serialNumber) || makeshift(index);
}
