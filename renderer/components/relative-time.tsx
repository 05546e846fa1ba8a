import { useText } from '../window-context.ts';
import { useNow } from './actions/use-now.ts';

/** A moment, in ms since 1970, as text such as "3 minutes ago", kept up to date. The tooltip shows the exact time. */
export function RelativeTime({ at }: { readonly at: number }) {
	const { formats } = useText();
	const now = useNow();
	return (
		<time dateTime={new Date(at).toISOString()} title={formats.dateTime(at)}>
			{formats.relative(at, Math.max(at, now))}
		</time>
	);
}
