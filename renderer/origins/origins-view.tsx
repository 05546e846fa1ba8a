import { PageHeader } from '../components/page-header.tsx';
import { useText } from '../window-context.ts';
import { ConnectionsCard } from './connections-card.tsx';
import { OriginsCard } from './origins-card.tsx';
import { PendingCard } from './pending-card.tsx';

/** Which web pages use the readers now, and which origins may. */
export function PagesView() {
	const { shell, pages } = useText();
	return (
		<>
			<PageHeader title={shell.views.pages} lead={pages.lead} />
			<PendingCard />
			<ConnectionsCard />
			<OriginsCard />
		</>
	);
}
