import { reasonOf } from '../../../../config/system-error.ts';
import { ServiceError } from '../../../../protocol/errors.ts';
import type { Koffi } from './load-koffi.ts';

/** What the library calls a HANDLE: an address, 8 bytes on 64-bit systems. */
export type ZkFingerHandle = bigint;

/**
 * The entry points of the vendor's library that the service uses. Each returns the raw code (see zkfinger-codes.ts) and
 * blocks until the reader has answered. Not thread-safe.
 *
 * @see ZKFinger SDK C API v2.0, September 2016; libzkfp.h
 */
export interface ZkFingerLibrary {
	init(): number;
	/** Invalidates every handle. */
	terminate(): number;
	/** Number of readers at the last `init`, or a negative code. */
	deviceCount(): number;
	/** @param index from 0. @returns undefined when it cannot be opened; the library does not report why */
	openDevice(index: number): ZkFingerHandle | undefined;
	closeDevice(handle: ZkFingerHandle): number;
	/** @param value receives the parameter. @returns the code and the length of the parameter, at most that of `value` */
	getParameter(handle: ZkFingerHandle, parameter: number, value: Uint8Array): { code: number; length: number };
	/** Sets a parameter that is a 32-bit integer. */
	setParameter(handle: ZkFingerHandle, parameter: number, value: number): number;
	/** @param image width * height bytes; unchanged unless the code is 0 */
	acquireImage(handle: ZkFingerHandle, image: Uint8Array): number;
}

/** The file name to load when no path is set. */
function systemLibraryName(platform: NodeJS.Platform = process.platform): string {
	return platform === 'win32' ? 'libzkfp.dll' : 'libzkfp.so';
}

/**
 * Loads the vendor's library and binds its entry points with the stdcall calling convention, which matters only on 32-bit
 * Windows.
 *
 * @param path of the library; undefined = search the system's library folders
 * @throws ServiceError DEVICE_INIT_FAILED with reason and remedy if it cannot be loaded or is a different library
 */
export function loadZkFingerLibrary(koffi: Koffi, path: string | undefined): ZkFingerLibrary {
	const file = path ?? systemLibraryName();
	const library = load(koffi, file);
	const bind = (name: string, result: string, parameters: string[]) => {
		try {
			return library.func('__stdcall', name, result, parameters);
		} catch (cause) {
			throw wrongLibrary(file, name, isNewerSdk(library), cause);
		}
	};
	const init: () => number = bind('ZKFPM_Init', 'int', []);
	const terminate: () => number = bind('ZKFPM_Terminate', 'int', []);
	const deviceCount: () => number = bind('ZKFPM_GetDeviceCount', 'int', []);
	const openDevice: (index: number) => bigint | null = bind('ZKFPM_OpenDevice', 'void *', ['int']);
	const closeDevice: (handle: bigint) => number = bind('ZKFPM_CloseDevice', 'int', ['void *']);
	const getParameters: (handle: bigint, parameter: number, value: Uint8Array, size: [number]) => number = bind(
		'ZKFPM_GetParameters',
		'int',
		['void *', 'int', '_Out_ uint8_t *', '_Inout_ uint32_t *'],
	);
	const setParameters: (handle: bigint, parameter: number, value: Uint8Array, size: number) => number = bind(
		'ZKFPM_SetParameters',
		'int',
		['void *', 'int', 'uint8_t *', 'uint32_t'],
	);
	const acquireImage: (handle: bigint, image: Uint8Array, size: number) => number = bind(
		'ZKFPM_AcquireFingerprintImage',
		'int',
		['void *', '_Out_ uint8_t *', 'uint32_t'],
	);
	return {
		init,
		terminate,
		deviceCount,
		openDevice: (index) => openDevice(index) || undefined,
		closeDevice,
		getParameter: (handle, parameter, value) => {
			// The capacity before the call, and the length of the parameter after it.
			const size: [number] = [value.length];
			const code = getParameters(handle, parameter, value, size);
			return { code, length: Math.min(size[0], value.length) };
		},
		setParameter: (handle, parameter, value) => setParameters(handle, parameter, littleEndian(value), 4),
		acquireImage: (handle, image) => acquireImage(handle, image, image.length),
	};
}

function load(koffi: Koffi, file: string): ReturnType<Koffi['load']> {
	try {
		return koffi.load(file);
	} catch (cause) {
		const message = `The ZKFinger library ${file} cannot be loaded (${reasonOf(cause)}): install the ZKFinger SDK for ${process.platform} ${process.arch}, or set zkfinger.libraryPath`;
		throw new ServiceError('DEVICE_INIT_FAILED', { message, details: { library: file }, cause });
	}
}

/** Newer SDK versions for Linux have different entry points, such as `sensorOpen`. */
function isNewerSdk(library: ReturnType<Koffi['load']>): boolean {
	try {
		library.symbol('sensorOpen');
		return true;
	} catch {
		return false;
	}
}

function wrongLibrary(file: string, name: string, isNewer: boolean, cause: unknown): ServiceError {
	const kind = isNewer ? 'belongs to a newer ZKFinger SDK' : 'is not a ZKFinger library';
	const message = `${file} ${kind} (it lacks ${name}): install the ZKFinger SDK 5 with libzkfp`;
	return new ServiceError('DEVICE_INIT_FAILED', { message, details: { library: file }, cause });
}

function littleEndian(value: number): Uint8Array {
	const bytes = new Uint8Array(4);
	new DataView(bytes.buffer).setInt32(0, value, true);
	return bytes;
}
