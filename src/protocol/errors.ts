/** What every error code means, whether trying again can help, and what to do about it. */
export interface ErrorEntry {
	/** Number on the wire; its thousands are the family. Never reused. */
	readonly code: number;
	/** Default text, one sentence without a full stop, for a person. */
	readonly message: string;
	/** True when the same request may succeed later without anybody changing it. */
	readonly retryable: boolean;
	/** When the service sends it. */
	readonly meaning: string;
	/** What the integrator or the operator does about it. */
	readonly howToSolve: string;
}

/**
 * The one table of errors. Families: 1xxx device, 2xxx fingerprint, 3xxx storage, 4xxx access, 5xxx system, 6xxx protocol.
 * `README.md` beside this file shows the same rows; a test keeps the two equal.
 */
export const ERRORS = {
	DEVICE_NOT_FOUND: {
		code: 1001,
		message: 'Device not found',
		retryable: false,
		meaning: 'No reader with this id is plugged in, or the key may not see it',
		howToSolve: 'Use an id from a device:connected event or from devices:list; plug the reader in',
	},
	DEVICE_BUSY: {
		code: 1002,
		message: 'Device is busy',
		retryable: true,
		meaning: 'Another scan runs on this reader',
		howToSolve: 'Wait for the end of that scan, or stop it',
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
		meaning: 'The reader cannot be opened, or reported a fault that only a new start of the reader mends',
		howToSolve: 'Wait for status idle, else replug the reader; see `fingerprint-service doctor`',
	},
	DEVICE_TIMEOUT: {
		code: 1005,
		message: 'Device did not respond in time',
		retryable: true,
		meaning: 'The reader stopped answering during the scan',
		howToSolve: 'Start the scan again; replug the reader if it happens twice',
	},
	LOW_QUALITY: {
		code: 2001,
		message: 'Low quality scan',
		retryable: true,
		meaning: 'The quality of the picture is below the qualityThreshold of the scan',
		howToSolve: 'Follow the hints in details, then scan again; lower qualityThreshold if fingers are often refused',
	},
	NO_FINGERPRINT_DETECTED: {
		code: 2002,
		message: 'No fingerprint detected',
		retryable: true,
		meaning: 'The picture shows no fingerprint',
		howToSolve: 'Place a finger flat on the middle of the sensor and scan again',
	},
	TEMPLATE_EXTRACTION_FAILED: {
		code: 2003,
		message: 'No template could be extracted',
		retryable: true,
		meaning: 'The fingerprint has too few minutiae for a template',
		howToSolve: 'Clean the sensor, use another finger, scan again',
	},
	MATCH_FAILED: {
		code: 2004,
		message: 'Fingerprints could not be compared',
		retryable: false,
		meaning: 'A comparison could not be carried out; a finger that does not match is no error',
		howToSolve: 'Enrol the finger again',
	},
	ENROLLMENT_FAILED: {
		code: 2005,
		message: 'Scans of different fingers',
		retryable: true,
		meaning: 'The scans of one enrolment are not of the same finger',
		howToSolve: 'Start the enrolment again with the same finger each time',
	},
	DB_CONNECTION_FAILED: {
		code: 3001,
		message: 'Storage is not reachable',
		retryable: false,
		meaning: 'The data folder cannot be reached',
		howToSolve: 'Check that the data folder exists and its disk is mounted',
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
		meaning: 'Something with this name or id exists already',
		howToSolve: 'Choose another name',
	},
	RECORD_NOT_FOUND: {
		code: 3004,
		message: 'Record not found',
		retryable: false,
		meaning: 'Nothing with this id is stored',
		howToSolve: 'List what is stored and use an id from there',
	},
	INVALID_API_KEY: {
		code: 4001,
		message: 'Invalid API key',
		retryable: false,
		meaning: 'The key or token is unknown or malformed, or none came in time',
		howToSolve: 'Send {"type":"auth","apiKey":"ak_..."} first; make a key with `fingerprint-service keys create`',
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
		meaning:
			'The connection is not authenticated yet, or its key lacks a permission or may not be used from this origin',
		howToSolve: 'Authenticate first; create a key with the permission or origin that details names',
	},
	RATE_LIMIT_EXCEEDED: {
		code: 4004,
		message: 'Too many requests',
		retryable: true,
		meaning: 'Too many failed authentications from one origin, or too many scans on one reader, within a minute',
		howToSolve: 'Wait details.retryAfter seconds',
	},
	TOKEN_EXPIRED: {
		code: 4005,
		message: 'Token or key has expired',
		retryable: false,
		meaning: 'The admin token or the key is past its expiry',
		howToSolve: 'Make a new token with `fingerprint-service admin-token`, or a new key',
	},
	INTERNAL_ERROR: {
		code: 5001,
		message: 'Internal server error',
		retryable: false,
		meaning: 'A fault in the service itself; its log holds the details',
		howToSolve: 'Report it with the log of that moment',
	},
	SERVICE_UNAVAILABLE: {
		code: 5002,
		message: 'Service is not available',
		retryable: true,
		meaning: 'The service is stopping, or it has no room for more work',
		howToSolve: 'Connect again after a moment',
	},
	CONFIGURATION_ERROR: {
		code: 5003,
		message: 'Configuration error',
		retryable: false,
		meaning: 'A setting, a file of the data folder or the port cannot be used; the service does not start',
		howToSolve: 'Correct what the message names; `fingerprint-service doctor` checks all of it',
	},
	BACKUP_FAILED: {
		code: 5004,
		message: 'Backup failed',
		retryable: false,
		meaning: 'A copy of the data folder could not be made',
		howToSolve: 'Check the permissions and the free space of the target',
	},
	UPDATE_FAILED: {
		code: 5005,
		message: 'Update failed',
		retryable: false,
		meaning: 'A new version could not be installed',
		howToSolve: 'Install the new version by hand',
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
		meaning: 'The service has no message of this type',
		howToSolve: 'Use one of the types on this page',
	},
	SCAN_NOT_FOUND: {
		code: 6004,
		message: 'Scan not found',
		retryable: false,
		meaning: 'No scan with this id runs, or it belongs to another connection',
		howToSolve: 'Use the scanId of scan:started; a scan that has ended cannot be stopped',
	},
	ALREADY_AUTHENTICATED: {
		code: 6005,
		message: 'Already authenticated',
		retryable: false,
		meaning: 'A second auth on the same connection',
		howToSolve: 'Open a new connection to use another key',
	},
} as const satisfies Record<string, ErrorEntry>;

export type ErrorName = keyof typeof ERRORS;

export type ErrorCode = (typeof ERRORS)[ErrorName]['code'];

/** Facts about one occurrence, sent to the client as `details`: the field, the reader, seconds to wait. Never a secret. */
export type ErrorDetails = Readonly<Record<string, unknown>>;

export interface ServiceErrorOptions {
	/** Replaces the default text; one sentence without a full stop, saying what happened and what to do. */
	readonly message?: string;
	readonly details?: ErrorDetails;
	/** The library error this one was made from; logged, never sent. */
	readonly cause?: unknown;
}

/** The one error class that crosses folders. Library errors become one in the adapter that met them. */
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

/** Any thrown value as a `ServiceError`; what is not one already becomes INTERNAL_ERROR with the value as its cause. */
export function toServiceError(thrown: unknown): ServiceError {
	return thrown instanceof ServiceError ? thrown : new ServiceError('INTERNAL_ERROR', { cause: thrown });
}
