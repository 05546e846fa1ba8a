import packageJson from '../../package.json' with { type: 'json' };

/** Version of the service, as sent in `service:status`. */
export const SERVICE_VERSION: string = packageJson.version;

/** The libraries that the service was built with, by name, each with its range of versions. */
export const LIBRARIES: Readonly<Record<string, string>> = packageJson.dependencies;
