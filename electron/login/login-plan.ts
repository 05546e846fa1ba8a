/** The inputs of `planLogin`. */
export interface LoginFacts {
	/** The setting `desktop.startAtLogin`. */
	readonly isWanted: boolean;
	/** Whether the installer has registered the app for all users, which a single user cannot undo. */
	readonly isForAllUsers: boolean;
	/** Whether the app was started with `--hidden`, as a start at login does. */
	readonly isHidden: boolean;
}

export interface LoginPlan {
	/** Whether this user needs a login entry. */
	readonly hasOwnEntry: boolean;
	/** Whether the app must quit, because it was started although this user has turned the setting off. */
	readonly mustQuit: boolean;
}

/** Decides about the login entry of this user. When the installer's entry cannot be removed, the app quits instead. */
export function planLogin({ isWanted, isForAllUsers, isHidden }: LoginFacts): LoginPlan {
	return {
		hasOwnEntry: isWanted && !isForAllUsers,
		mustQuit: !isWanted && isForAllUsers && isHidden,
	};
}
