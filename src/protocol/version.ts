import packageJson from '../../package.json' with { type: 'json' };

/** Version of the service, as sent in `service:status`. */
export const SERVICE_VERSION: string = packageJson.version;
