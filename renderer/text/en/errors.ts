import type { ErrorName } from '../../../src/protocol/errors.ts';

/** For each error of the protocol: what happened, and what the operator can do about it. */
export const errors = {
	DEVICE_NOT_FOUND: { what: 'This reader is not plugged in', remedy: 'Plug the reader in, or choose another one.' },
	DEVICE_BUSY: { what: 'The reader is in use', remedy: 'Wait until the other scan has ended, then try again.' },
	DEVICE_DISCONNECTED: { what: 'The reader was unplugged', remedy: 'Plug it in again, then start a new scan.' },
	DEVICE_INIT_FAILED: {
		what: 'The reader could not be opened',
		remedy:
			'If a reason is given below, start with that. Otherwise close other programs that use the reader, unplug it, wait a few seconds and plug it in again.',
	},
	DEVICE_TIMEOUT: {
		what: 'The reader does not answer',
		remedy: 'Try again. If it happens again, unplug the reader and plug it in again.',
	},
	LOW_QUALITY: {
		what: 'The image quality is too low',
		remedy: 'Clean the finger and the sensor, then scan again.',
	},
	NO_FINGERPRINT_DETECTED: {
		what: 'No fingerprint was detected',
		remedy: 'Place a finger flat on the middle of the sensor.',
	},
	TEMPLATE_EXTRACTION_FAILED: {
		what: 'The image shows too little of the fingerprint',
		remedy: 'Clean the sensor, or use another finger.',
	},
	MATCH_FAILED: { what: 'The fingerprint could not be verified', remedy: 'Enrol the finger again.' },
	ENROLLMENT_FAILED: {
		what: 'The scans are of different fingers',
		remedy: 'Start again and use the same finger each time.',
	},
	DB_CONNECTION_FAILED: {
		what: 'The data folder cannot be reached',
		remedy: 'Check that the folder exists and that its disk is connected.',
	},
	DB_QUERY_FAILED: {
		what: 'A file could not be read or written',
		remedy: 'Check the permissions of the data folder and the free space on its disk.',
	},
	DUPLICATE_ENTRY: { what: 'This already exists', remedy: 'Choose another name.' },
	RECORD_NOT_FOUND: {
		what: 'This no longer exists',
		remedy: 'Someone else may have removed it. Check the list again.',
	},
	INVALID_API_KEY: { what: 'The key or token is not valid', remedy: 'Use a new link or a new token.' },
	API_KEY_REVOKED: { what: 'This key is revoked', remedy: 'Create a new key.' },
	UNAUTHORIZED: { what: 'This is not allowed', remedy: 'Sign in again.' },
	RATE_LIMIT_EXCEEDED: { what: 'Too many attempts', remedy: 'Wait a minute, then try again.' },
	TOKEN_EXPIRED: { what: 'The session has expired', remedy: 'Sign in with a new link or a new token.' },
	INTERNAL_ERROR: {
		what: 'An internal error occurred in the service',
		remedy:
			'Try again. If it happens again, save the support file under About and send it to the person who supports you.',
	},
	SERVICE_UNAVAILABLE: { what: 'The service is not available', remedy: 'Start the service, or try again in a moment.' },
	CONFIGURATION_ERROR: {
		what: 'A setting or file cannot be used',
		remedy: 'Correct the setting or file named here, then try again.',
	},
	BACKUP_FAILED: {
		what: 'The backup failed',
		remedy: 'Check the permissions and the free space of the target folder.',
	},
	UPDATE_FAILED: { what: 'The update failed', remedy: 'Install the new version by hand.' },
	INVALID_JSON: { what: 'The service could not read a message from this window', remedy: 'Reload the window.' },
	INVALID_MESSAGE: { what: 'A value is not allowed', remedy: 'Correct the field named here.' },
	UNKNOWN_MESSAGE_TYPE: {
		what: 'The service does not know this action',
		remedy: 'Reload the window. The service may have a different version.',
	},
	SCAN_NOT_FOUND: { what: 'The scan has already ended', remedy: 'Start a new scan.' },
	ALREADY_AUTHENTICATED: { what: 'This window is already signed in', remedy: 'Reload the window.' },
} satisfies Record<ErrorName, { what: string; remedy: string }>;

export type ErrorsText = typeof errors;
