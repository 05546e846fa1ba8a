import { formatLogLine } from '../log/log-line.ts';
import type { LogRing } from '../log/log-ring.ts';
import { type Clock, timestamp } from '../time/clock.ts';
import type { SupportBundle } from './contract.ts';
import type { TopicSources } from './topic-publisher.ts';

/**
 * Returns a text file for support: everything the operator sees, including keys and origins, and the kept log. None of these
 * contain a secret, a template or an image.
 */
export function supportBundle(topics: TopicSources, ring: LogRing, clock: Clock): SupportBundle {
	const now = timestamp(clock);
	const { settings, pending, problem } = topics.settings();
	const sections = {
		about: topics.about(),
		service: topics.service(),
		readers: topics.readers(),
		connections: topics.connections(),
		keys: topics.keys() ?? 'cannot be read',
		origins: topics.origins(),
		settings: Object.fromEntries(settings.map(({ field, value, source }) => [field, { value, source }])),
		...(pending.length > 0 && { 'settings for the next start': pending }),
		...(problem !== undefined && { 'settings cannot be read': problem }),
	};
	const facts = Object.entries(sections).map(
		([title, value]) => `== ${title}\n${JSON.stringify(value, undefined, 2)}\n`,
	);
	const lines = ring.entries().map(formatLogLine);
	return {
		fileName: `fingerprint-service-support-${now.replace(/[:.]/g, '-')}.txt`,
		text: [`Fingerprint Service, support bundle of ${now}\n`, ...facts, '== log', ...lines, ''].join('\n'),
	};
}
