/** What an error code means, whether a retry can help, and what to do about it. */
export interface ErrorEntry {
	/** Number on the wire; the thousands digit is the family. Never reused. */
	readonly code: number;
	/** Default human-readable text, one sentence without a full stop. */
	readonly message: string;
	/** True if the same request may succeed later without changes. */
	readonly retryable: boolean;
	/** When the service sends it. */
	readonly meaning: string;
	/** What the integrator or the operator does about it. */
	readonly howToSolve: string;
	/** True for a code of the protocol that this version never sends; `errors.test.ts` checks that it throws all others. */
	readonly reserved?: true;
}

/**
 * The one table of errors. Families: 1xxx device, 2xxx fingerprint, 3xxx storage, 4xxx access, 5xxx system, 6xxx protocol.
 * `README.md` in this folder lists the same rows; `readme.test.ts` checks that they are equal.
 */
export const ERRORS = {
	DEVICE_NOT_FOUND: {
		code: 1001,
		message: 'Device not found',
		retryable: false,
		meaning: 'No reader with this id is plugged in, or the key may not see it',
		howToSolve: 'Use an id from device:connected or devices:list; plug the reader in',
	},
	DEVICE_BUSY: {
		code: 1002,
		message: 'Device is busy',
		retryable: true,
		meaning: 'Another scan is running on this reader',
		howToSolve: 'Wait until that scan ends, or stop it',
	},
	DEVICE_DISCONNECTED: {
		code: 1003,
		message: 'Device disconnected',
		retryable: false,
		meaning: 'The reader was unplugged during the scan',
		howToSolve: 'Plug the reader in, wait for device:connected, start a new scan',
	},
	DEVICE_INIT_FAILED: {
		code: 1004,
		message: 'Device could not be initialised',
		retryable: false,
		meaning: 'The reader cannot be opened, or it reported a fault that requires it to be opened again',
		howToSolve: 'Wait for status idle; if it does not come, replug the reader and run `fingerprint-service doctor`',
	},
	DEVICE_TIMEOUT: {
		code: 1005,
		message: 'Device did not respond in time',
		retryable: true,
		meaning: 'The reader stopped responding during the scan',
		howToSolve: 'Start the scan again; replug the reader if it happens again',
	},
	LOW_QUALITY: {
		code: 2001,
		message: 'Low quality scan',
		retryable: true,
		meaning: 'The quality of the image is below the qualityThreshold of the scan',
		howToSolve: 'Follow details.hints and scan again; lower qualityThreshold if this happens often',
	},
	NO_FINGERPRINT_DETECTED: {
		code: 2002,
		message: 'No fingerprint detected',
		retryable: true,
		meaning: 'The image contains no fingerprint',
		howToSolve: 'Place a finger flat on the centre of the reader and scan again',
	},
	TEMPLATE_EXTRACTION_FAILED: {
		code: 2003,
		message: 'No template could be extracted',
		retryable: true,
		meaning: 'The fingerprint has too few minutiae for a template',
		howToSolve: 'Clean the reader or use another finger, then scan again',
	},
	MATCH_FAILED: {
		code: 2004,
		message: 'Fingerprints could not be compared',
		retryable: false,
		meaning: 'The match could not be carried out; a finger that does not match is not an error',
		howToSolve: 'Enrol the finger again',
	},
	ENROLLMENT_FAILED: {
		code: 2005,
		message: 'Scans of different fingers',
		retryable: true,
		meaning: 'The touches of one enrolment are of different fingers',
		howToSolve: 'Enrol again and use the same finger for every touch',
	},
	DB_CONNECTION_FAILED: {
		code: 3001,
		message: 'Storage is not reachable',
		retryable: false,
		meaning: 'The data folder cannot be reached',
		howToSolve: 'Check that the data folder exists and its disk is mounted',
		reserved: true,
	},
	DB_QUERY_FAILED: {
		code: 3002,
		message: 'Storage could not be read or written',
		retryable: false,
		meaning: 'Reading or writing a file of the data folder failed',
		howToSolve: 'Check the permissions and the free space of the data folder',
	},
	DUPLICATE_ENTRY: {
		code: 3003,
		message: 'Entry exists already',
		retryable: false,
		meaning: 'An entry with this name or id already exists',
		howToSolve: 'Choose another name',
		reserved: true,
	},
	RECORD_NOT_FOUND: {
		code: 3004,
		message: 'Record not found',
		retryable: false,
		meaning: 'No stored entry has this id',
		howToSolve: 'Use an id of an existing entry',
	},
	INVALID_API_KEY: {
		code: 4001,
		message: 'Invalid API key',
		retryable: false,
		meaning: 'The key or token is unknown or malformed, or none arrived in time',
		howToSolve: 'Send {"type":"auth","apiKey":"ak_..."} first; create a key with `fingerprint-service keys create`',
	},
	API_KEY_REVOKED: {
		code: 4002,
		message: 'API key is revoked',
		retryable: false,
		meaning: 'The operator has revoked this key',
		howToSolve: 'Ask the operator for a new key',
	},
	UNAUTHORIZED: {
		code: 4003,
		message: 'Not allowed',
		retryable: false,
		meaning: 'The connection is not authenticated, or its key lacks a permission or may not be used from this origin',
		howToSolve: 'Authenticate first; ask the operator for a key with the permission or origin in details',
	},
	RATE_LIMIT_EXCEEDED: {
		code: 4004,
		message: 'Too many requests',
		retryable: true,
		meaning: 'Too many failed authentications from one origin, or too many scans on one reader, within a minute',
		howToSolve: 'Wait details.retryAfter seconds, then try again',
	},
	TOKEN_EXPIRED: {
		code: 4005,
		message: 'Token or key has expired',
		retryable: false,
		meaning: 'The admin token or the key has expired',
		howToSolve: 'Create a new token with `fingerprint-service admin-token`, or a new key',
	},
	INTERNAL_ERROR: {
		code: 5001,
		message: 'Internal server error',
		retryable: false,
		meaning: 'The service failed unexpectedly; its log contains the details',
		howToSolve: 'Report it together with the log',
	},
	SERVICE_UNAVAILABLE: {
		code: 5002,
		message: 'Service is not available',
		retryable: true,
		meaning: 'The service is stopping or overloaded',
		howToSolve: 'Try again after a few seconds',
	},
	CONFIGURATION_ERROR: {
		code: 5003,
		message: 'Configuration error',
		retryable: false,
		meaning: 'A setting, a file of the data folder or the port cannot be used, so the service does not start',
		howToSolve: 'Correct what the message names; `fingerprint-service doctor` checks all settings',
	},
	BACKUP_FAILED: {
		code: 5004,
		message: 'Backup failed',
		retryable: false,
		meaning: 'The data folder could not be backed up',
		howToSolve: 'Check the permissions and the free space of the target',
		reserved: true,
	},
	UPDATE_FAILED: {
		code: 5005,
		message: 'Update failed',
		retryable: false,
		meaning: 'A new version could not be installed',
		howToSolve: 'Install the new version by hand',
		reserved: true,
	},
	INVALID_JSON: {
		code: 6001,
		message: 'Message is not valid JSON',
		retryable: false,
		meaning: 'The text of the frame is not JSON',
		howToSolve: 'Send one JSON object in each text frame',
	},
	INVALID_MESSAGE: {
		code: 6002,
		message: 'Message has a wrong field',
		retryable: false,
		meaning: 'A field is missing, of the wrong type or out of range; details.field names it',
		howToSolve: 'Correct that field; this page lists every message',
	},
	UNKNOWN_MESSAGE_TYPE: {
		code: 6003,
		message: 'Unknown message type',
		retryable: false,
		meaning: 'No message has this type',
		howToSolve: 'Use one of the types on this page',
	},
	SCAN_NOT_FOUND: {
		code: 6004,
		message: 'Scan not found',
		retryable: false,
		meaning: 'No scan with this id is running, or it belongs to another connection',
		howToSolve: 'Use the scanId of scan:started; a scan that has ended cannot be stopped',
	},
	ALREADY_AUTHENTICATED: {
		code: 6005,
		message: 'Already authenticated',
		retryable: false,
		meaning: 'The connection has already been authenticated',
		howToSolve: 'Open a new connection to use another key',
	},
} as const satisfies Record<string, ErrorEntry>;

export type ErrorName = keyof typeof ERRORS;

export type ErrorCode = (typeof ERRORS)[ErrorName]['code'];

/** Facts about one occurrence, sent to the client as `details`, such as the field or the seconds to wait. Never a secret. */
export type ErrorDetails = Readonly<Record<string, unknown>>;

export interface ServiceErrorOptions {
	/** Replaces the default text; one sentence without a full stop that states what happened and what to do. */
	readonly message?: string;
	readonly details?: ErrorDetails;
	/** The original error; logged, never sent. */
	readonly cause?: unknown;
}

/** The only error class that crosses folders. Adapters convert the errors of their libraries to it. */
export class ServiceError extends Error {
	override readonly name = 'ServiceError';
	readonly error: ErrorName;
	readonly details: ErrorDetails | undefined;

	constructor(error: ErrorName, options: ServiceErrorOptions = {}) {
		super(options.message ?? ERRORS[error].message, options.cause === undefined ? {} : { cause: options.cause });
		this.error = error;
		this.details = options.details;
	}

	get code(): ErrorCode {
		return ERRORS[this.error].code;
	}

	get isRetryable(): boolean {
		return ERRORS[this.error].retryable;
	}
}

/** Returns a `ServiceError` unchanged and wraps any other thrown value as INTERNAL_ERROR with the value as its cause. */
export function toServiceError(thrown: unknown): ServiceError {
	return thrown instanceof ServiceError ? thrown : new ServiceError('INTERNAL_ERROR', { cause: thrown });
}
