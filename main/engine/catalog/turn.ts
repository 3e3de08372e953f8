/** Reading both sides and writing into the store happen one at a time: whoever does it has the turn. */
export interface Turn {
  isTaken(): boolean;
  take(): void;
  giveBack(): void;
}

export function createTurn(): Turn {
  let taken = false;
  return {
    isTaken: () => taken,
    take() {
      if (taken) throw new Error('the turn is taken');
      taken = true;
    },
    giveBack() {
      taken = false;
    },
  };
}
