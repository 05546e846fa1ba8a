import { useText } from '../window-context.ts';
import { useNow } from './actions/use-now.ts';

/** A moment, ms since 1970, in words that stay true, such as "3 minutes ago"; exact in its tooltip. */
export function RelativeTime({ at }: { readonly at: number }) {
	const { formats } = useText();
	const now = useNow();
	return (
		<time dateTime={new Date(at).toISOString()} title={formats.dateTime(at)}>
			{formats.relative(at, Math.max(at, now))}
		</time>
	);
}
