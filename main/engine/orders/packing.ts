/** How much one call to the org takes. */
export interface CallRoom {
  units: number;
  records: number;
}

export interface Parcel {
  /** Records that it needs of a call's room. */
  records: number;
  /** Orders of one buyer would wait for each other's locks in calls at the same time. */
  buyerKey: string;
  /** It has failed before: with a call of its own it can spoil nothing for others. */
  alone: boolean;
}

/**
 * Puts parcels together into calls, in their order. All of a buyer's parcels go in one call, one after the other;
 * those that find no room in it are left for the next round. Pure.
 */
export function packCalls<P extends Parcel>(parcels: readonly P[], room: CallRoom): P[][] {
  const calls: Call<P>[] = [];
  for (const group of byBuyer(parcels)) {
    let mine: Call<P> | null = null;
    for (const parcel of group) {
      mine ??= callFor(parcel, calls, room);
      if (!fits(mine, parcel, room)) break;
      mine.parcels.push(parcel);
      mine.records += parcel.records;
    }
  }
  return calls.map((call) => call.parcels);
}

interface Call<P> {
  parcels: P[];
  records: number;
  /** Whatever its room, it is for one parcel. */
  single: boolean;
}

/** The newest call while it has room, else a new one. */
function callFor<P extends Parcel>(parcel: P, calls: Call<P>[], room: CallRoom): Call<P> {
  const single = parcel.alone || parcel.records > room.records;
  const open = calls.filter((call) => !call.single).at(-1);
  if (!single && open !== undefined && fits(open, parcel, room)) return open;
  const call: Call<P> = { parcels: [], records: 0, single };
  calls.push(call);
  return call;
}

function fits<P extends Parcel>(call: Call<P>, parcel: P, room: CallRoom): boolean {
  if (call.parcels.length === 0) return true;
  if (call.single || parcel.alone) return false;
  return call.parcels.length < room.units && call.records + parcel.records <= room.records;
}

function byBuyer<P extends Parcel>(parcels: readonly P[]): P[][] {
  const groups = new Map<string, P[]>();
  for (const parcel of parcels) {
    const group = groups.get(parcel.buyerKey);
    if (group === undefined) groups.set(parcel.buyerKey, [parcel]);
    else group.push(parcel);
  }
  return [...groups.values()];
}
