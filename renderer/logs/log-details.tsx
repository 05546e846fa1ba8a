import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';
import type { LogLineView } from '../../src/operator/contract.ts';
import { CopyButton } from '../components/buttons/copy-button.tsx';
import { IconButton } from '../components/buttons/icon-button.tsx';
import { useText } from '../window-context.ts';
import { HighlightedText, LevelBadge } from './log-row.tsx';
import { logText } from './log-text.ts';

export interface LogDetailsProps {
	/** Reference to the panel, so that the parent can focus it. */
	readonly panel: RefObject<HTMLElement | null>;
	readonly line: LogLineView;
	readonly query: string;
	readonly onClose: () => void;
}

/** All details of one log line. */
export function LogDetails({ panel, line, query, onClose }: LogDetailsProps) {
	const { logs, formats } = useText();
	const moment = Date.parse(line.timestamp);
	// In a small window the panel is below the visible area.
	useEffect(() => panel.current?.scrollIntoView({ block: 'nearest' }), [panel]);
	return (
		<section
			ref={panel}
			class="log-details"
			tabIndex={-1}
			aria-label={logs.details}
			onKeyDown={({ key }) => key === 'Escape' && onClose()}
		>
			<div class="log-details-header">
				<span class="log-details-facts">
					<LevelBadge level={line.level} />
					<time dateTime={line.timestamp}>
						{formats.date(moment)} {formats.time(moment)}
					</time>
					<HighlightedText text={line.name} query={query} />
				</span>
				<span class="log-details-buttons">
					<CopyButton text={logText([line])} what={logs.line} isCompact />
					<IconButton icon="close" label={logs.closeDetails} onClick={onClose} />
				</span>
			</div>
			<p class="log-details-message">
				<HighlightedText text={line.message} query={query} />
			</p>
			{line.metadata && (
				<pre dir="ltr">
					<HighlightedText text={JSON.stringify(line.metadata, null, 2)} query={query} />
				</pre>
			)}
		</section>
	);
}
