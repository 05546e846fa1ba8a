import { Button } from '../components/button.tsx';
import { EmptyState } from '../components/empty-state.tsx';
import { useText } from '../window-context.ts';
import { EVERYTHING, type LogFilter } from './log-filter.ts';

export interface NoLinesProps {
	readonly filter: LogFilter;
	readonly onFilter: (filter: LogFilter) => void;
}

/** Stands where the lines would be: there are none at all, or none that match. */
export function NoLines({ filter, onFilter }: NoLinesProps) {
	const { logs } = useText();
	if (filter.text === EVERYTHING.text && filter.level === EVERYTHING.level) {
		return (
			<EmptyState icon="logs" title={logs.emptyTitle}>
				{logs.emptyHelp}
			</EmptyState>
		);
	}
	return (
		<EmptyState
			icon="search"
			title={logs.nothingFoundTitle}
			action={<Button onClick={() => onFilter(EVERYTHING)}>{logs.clear}</Button>}
		>
			{logs.nothingFoundHelp}
		</EmptyState>
	);
}
