/** What there is to know before the start at login is arranged. */
export interface LoginFacts {
	/** The setting. */
	readonly isWanted: boolean;
	/** The installer has told the system to start the app for whoever logs in, which no single user can take back. */
	readonly isForEverybody: boolean;
	/** The app runs because of such a start, as far as can be known. */
	readonly isHidden: boolean;
}

export interface LoginPlan {
	/** Whether this user has an entry of their own. */
	readonly hasOwnEntry: boolean;
	/** The app was started against the will of this user, and ends. */
	readonly mustEnd: boolean;
}

/** One entry is enough; where it cannot be taken away, the app leaves by itself. */
export function planLogin({ isWanted, isForEverybody, isHidden }: LoginFacts): LoginPlan {
	return {
		hasOwnEntry: isWanted && !isForEverybody,
		mustEnd: !isWanted && isForEverybody && isHidden,
	};
}
