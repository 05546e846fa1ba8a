import type { KeyEnvironment, NewKeyInput, OperatorProblem } from '../../src/operator/contract.ts';
import { DEFAULT_PERMISSIONS, type Permission } from '../../src/protocol/permissions.ts';
import { type ExpiryChoice, expiryMoment } from './key-expiry.ts';

/** The values of the form. */
export interface NewKeyForm {
	readonly name: string;
	readonly environment: KeyEnvironment;
	readonly permissions: readonly Permission[];
	readonly expiry: ExpiryChoice;
	/** For the expiry `date`, such as `2026-12-31`. */
	readonly day: string;
	/** Separated by white space or commas; empty allows any origin. */
	readonly origins: string;
}

/** The fields that can be invalid, named as in the input of the operation. */
const KEY_FIELDS = ['name', 'permissions', 'expiresAt', 'origins'] as const;

export type KeyField = (typeof KEY_FIELDS)[number];

/** An invalid field. */
export interface KeyFormError {
	readonly field: KeyField;
	/** The invalid value, if the field is a list. */
	readonly value?: string;
}

/** The initial form: a test key with the default permissions, valid until it is revoked. */
export const EMPTY_KEY_FORM: NewKeyForm = {
	name: '',
	environment: 'test',
	permissions: DEFAULT_PERMISSIONS,
	expiry: 'never',
	day: '',
	origins: '',
};

/** Returns the input of the operation, or an error if the chosen day is invalid. The service checks all other fields. */
export function toNewKeyInput(form: NewKeyForm, nowMs: number): NewKeyInput | KeyFormError {
	const { name, environment } = form;
	const origins = listOrigins(form);
	try {
		const expiresAt = expiryMoment(form.expiry, form.day, nowMs);
		return {
			name: name.trim(),
			environment,
			permissions: [...form.permissions],
			...(expiresAt === undefined ? {} : { expiresAt }),
			...(origins.length === 0 ? {} : { origins }),
		};
	} catch (error) {
		if (!(error instanceof RangeError)) throw error;
		return { field: 'expiresAt' };
	}
}

/** Returns the field that the service refused; undefined if the problem is not about a field of the form. */
export function findFormError(problem: OperatorProblem, form: NewKeyForm): KeyFormError | undefined {
	const [name, index] = String(problem.details?.field ?? '').split('.');
	const field = KEY_FIELDS.find((it) => it === name);
	const value = field === 'origins' ? listOrigins(form)[Number(index)] : undefined;
	return field && { field, ...(value === undefined ? {} : { value }) };
}

function listOrigins({ origins }: NewKeyForm): string[] {
	return origins.split(/[\s,]+/).filter((origin) => origin !== '');
}
