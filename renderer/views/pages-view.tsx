import { PageHeader } from '../components/page-header.tsx';
import { ConnectionsCard } from '../pages/connections-card.tsx';
import { OriginsCard } from '../pages/origins-card.tsx';
import { PendingCard } from '../pages/pending-card.tsx';
import { useText } from '../window-context.ts';

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
