import { type ErrorName, ServiceError } from '../../../../protocol/errors.ts';

/** The return codes of the library that are not failures, or that callers distinguish. */
export const ZKFP = {
	ok: 0,
	alreadyInitialised: 1,
	captureLibraryFailed: -2,
	noDevice: -3,
	/** No finger on the reader: the usual result while polling. */
	noImage: -8,
	/** A finger whose image the library cannot use. */
	poorQuality: -9,
	busy: -12,
} as const;

interface CodeEntry {
	readonly error: ErrorName;
	/** The meaning and, where possible, the remedy. */
	readonly meaning: string;
}

/**
 * Every failure code of the library. Manual and header disagree about -23 and -24; this table follows the header, which is
 * newer. A code of the matcher, which the service does not use, is an internal error.
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
	[-8, { error: 'NO_FINGERPRINT_DETECTED', meaning: 'no finger is on the reader' }],
	[-9, { error: 'TEMPLATE_EXTRACTION_FAILED', meaning: 'the image is unusable: touch the reader again' }],
	[-10, { error: 'DEVICE_TIMEOUT', meaning: 'the capture was aborted' }],
	[-11, initFailed('not enough memory')],
	[-12, { error: 'DEVICE_BUSY', meaning: 'another capture runs on this reader' }],
	[-13, { error: 'INTERNAL_ERROR', meaning: 'adding a template failed' }],
	[-14, { error: 'INTERNAL_ERROR', meaning: 'deleting a template failed' }],
	[-17, initFailed('general failure')],
	[-18, { error: 'DEVICE_TIMEOUT', meaning: 'the capture was cancelled' }],
	[-20, { error: 'INTERNAL_ERROR', meaning: 'matching failed' }],
	[-22, { error: 'INTERNAL_ERROR', meaning: 'merging templates failed' }],
	[-23, initFailed('the reader is not open')],
	[-24, initFailed('the library is not initialised')],
	[-25, { error: 'DEVICE_BUSY', meaning: 'the reader is open already' }],
	[-26, { error: 'INTERNAL_ERROR', meaning: 'loading an image failed' }],
	[-27, { error: 'INTERNAL_ERROR', meaning: 'analysing an image failed' }],
	[-28, { error: 'DEVICE_TIMEOUT', meaning: 'the reader did not answer in time' }],
]);

const UNKNOWN = initFailed('a code that the SDK does not document');

/**
 * Converts a failure code of the library; `details` contain the entry point and the code.
 *
 * @param call name of the entry point, such as `ZKFPM_Init`
 * @param code its return value; unknown codes become DEVICE_INIT_FAILED
 */
export function zkFingerError(call: string, code: number): ServiceError {
	const { error, meaning } = CODES.get(code) ?? UNKNOWN;
	return new ServiceError(error, { message: `${call} returned ${code}: ${meaning}`, details: { call, code } });
}

function initFailed(meaning: string): CodeEntry {
	return { error: 'DEVICE_INIT_FAILED', meaning };
}
