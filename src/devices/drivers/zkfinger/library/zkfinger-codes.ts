import { type ErrorName, ServiceError } from '../../../../protocol/errors.ts';

/** The return codes of the library that are no failure, or that callers tell apart. */
export const ZKFP = {
	ok: 0,
	alreadyInitialised: 1,
	captureLibraryFailed: -2,
	noDevice: -3,
	/** No finger on the sensor: the usual answer while polling. */
	noImage: -8,
	/** A finger, but pressed too badly for the library. */
	poorPress: -9,
	busy: -12,
} as const;

interface CodeEntry {
	readonly error: ErrorName;
	/** What it means and, where there is something to do, what to do. */
	readonly meaning: string;
}

/**
 * Every failure code of the library. Its edition matters for -23 and -24, where manual and header disagree: this is the
 * header, the newer one. A code of the matcher, which the service does not use, is a fault of the service.
 *
 * @see libzkfperrdef.h; ZKFinger SDK C API v2.0, September 2016, appendix of error codes
 */
const CODES: ReadonlyMap<number, CodeEntry> = new Map([
	[-1, initFailed('the algorithm library cannot start; install the ZKFinger SDK with its folder of plugins')],
	[-2, initFailed('the capture library cannot start; plug the reader in again')],
	[-3, { error: 'DEVICE_DISCONNECTED', meaning: 'no reader is plugged in' }],
	[-4, initFailed('the reader or the library does not support this')],
	[-5, { error: 'INTERNAL_ERROR', meaning: 'invalid parameter' }],
	[-6, initFailed('the reader cannot be opened; end other programs that use it, check the access rights')],
	[-7, initFailed('invalid handle')],
	[-8, { error: 'NO_FINGERPRINT_DETECTED', meaning: 'no finger rests on the sensor' }],
	[-9, { error: 'TEMPLATE_EXTRACTION_FAILED', meaning: 'the finger was pressed too badly; press again' }],
	[-10, { error: 'DEVICE_TIMEOUT', meaning: 'the capture was aborted' }],
	[-11, initFailed('not enough memory')],
	[-12, { error: 'DEVICE_BUSY', meaning: 'another capture runs on this reader' }],
	[-13, { error: 'INTERNAL_ERROR', meaning: 'adding a template failed' }],
	[-14, { error: 'INTERNAL_ERROR', meaning: 'deleting a template failed' }],
	[-17, initFailed('general failure')],
	[-18, { error: 'DEVICE_TIMEOUT', meaning: 'the capture was cancelled' }],
	[-20, { error: 'INTERNAL_ERROR', meaning: 'the comparison failed' }],
	[-22, { error: 'INTERNAL_ERROR', meaning: 'merging templates failed' }],
	[-23, initFailed('the reader is not open')],
	[-24, initFailed('the library is not initialised')],
	[-25, { error: 'DEVICE_BUSY', meaning: 'the reader is open already' }],
	[-26, { error: 'INTERNAL_ERROR', meaning: 'loading a picture failed' }],
	[-27, { error: 'INTERNAL_ERROR', meaning: 'analysing a picture failed' }],
	[-28, { error: 'DEVICE_TIMEOUT', meaning: 'the reader did not answer in time' }],
]);

const UNKNOWN = initFailed('a code that no edition of the SDK documents');

/**
 * What a call of the library failed with; `details` hold its name and the raw number.
 *
 * @param call name of the entry point, such as `ZKFPM_Init`
 * @param code what it returned; unknown ones become DEVICE_INIT_FAILED
 */
export function zkFingerError(call: string, code: number): ServiceError {
	const { error, meaning } = CODES.get(code) ?? UNKNOWN;
	return new ServiceError(error, { message: `${call} returned ${code}: ${meaning}`, details: { call, code } });
}

function initFailed(meaning: string): CodeEntry {
	return { error: 'DEVICE_INIT_FAILED', meaning };
}
