import type { ReaderView } from '../../src/operator/contract.ts';
import { Badge, type Tone } from '../components/badge.tsx';
import { DetailList } from '../components/detail-list.tsx';
import { Icon } from '../components/icon.tsx';
import { ProblemBanner } from '../components/messages/problem-banner.tsx';
import { RelativeTime } from '../components/relative-time.tsx';
import { useText } from '../window-context.ts';

const TONES: Readonly<Record<ReaderView['status'], Tone>> = {
	connected: 'active',
	idle: 'good',
	busy: 'active',
	error: 'bad',
};

/** One reader with its status, its details and its problem. */
export function ReaderItem({ reader }: { readonly reader: ReaderView }) {
	const { overview } = useText();
	return (
		<li class="reader">
			<div class="reader-header">
				<span class="reader-icon">
					<Icon name="reader" />
				</span>
				<div class="reader-name">
					<h3>{reader.model}</h3>
					<code>{reader.id}</code>
				</div>
				{reader.isVirtual && <span class="reader-virtual">{overview.virtual}</span>}
				<StatusBadge reader={reader} />
			</div>
			<ProblemBanner problem={reader.problem} />
			<DetailList details={useReaderDetails(reader)} />
		</li>
	);
}

/** A virtual reader is not called ready, because no page can use it in daily work. */
function StatusBadge({ reader: { isVirtual, status } }: { readonly reader: ReaderView }) {
	const { overview } = useText();
	if (isVirtual && status === 'idle') return <Badge tone="neutral">{overview.virtualReady}</Badge>;
	return <Badge tone={TONES[status]}>{overview.statuses[status]}</Badge>;
}

function useReaderDetails({ serialNumber, driver, firmwareVersion, lastActivityAt }: ReaderView) {
	const { overview } = useText();
	return [
		{ name: overview.serial, value: serialNumber },
		{ name: overview.driver, value: overview.drivers[driver] ?? driver },
		{ name: overview.firmware, value: firmwareVersion },
		{
			name: overview.lastActivity,
			value: lastActivityAt === undefined ? overview.notUsed : <RelativeTime at={lastActivityAt} />,
		},
	];
}
