/**
 * A store or an org, by what tells it from others before anybody has called it: its address, and of an org who signs in,
 * since most orgs share one address. Null where that is not known, or does not matter.
 */
export interface Party {
  address: string;
  user: string | null;
}

/** The two sides that a mirror, its plans and its runs belong to. A store that comes as files is none. */
export interface House {
  store: Party | null;
  org: Party;
}

export type HouseSide = keyof House;

/** Whether these may be the same. A user who is not known speaks neither for it nor against. Pure. */
export const isSameParty = (one: Party, other: Party): boolean =>
  one.address === other.address && (one.user === null || other.user === null || one.user === other.user);

/** The house that the file of stock and prices belongs to. */
export interface HouseBook {
  /** Whether a side is another one than before, so that there is something to forget. */
  isAnother(house: House): boolean;
  /**
   * Takes the house over as its own. What was mirrored of a side that is another one now is forgotten, and the runs up to
   * now are known as made elsewhere. Interrupted, it is taken up at the next start.
   */
  moveInto(house: House): Promise<void>;
  /** Whether the org is the one that is known, whose user may be heard of only now. */
  meetsOrg(org: Party): boolean;
}
