import packageJson from '../../package.json' with { type: 'json' };

/** Version of the service, as `service:status` tells it. */
export const SERVICE_VERSION: string = packageJson.version;
