interface AuditedKey {
	readonly id: string;
	readonly name: string;
	readonly environment: string;
	readonly permissions: readonly string[];
	readonly origins?: readonly string[];
	readonly expiresAt?: string;
}

/** Returns the fields of a key that the audit trail records. */
export function auditedKey({ id, name, environment, permissions, origins, expiresAt }: AuditedKey) {
	return {
		keyId: id,
		keyName: name,
		environment,
		permissions: [...permissions],
		origins: origins === undefined ? undefined : [...origins],
		expiresAt,
	};
}
