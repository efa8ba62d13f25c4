/** How evaluation stops: a Python exception, or the end of the budget. */
import type { Site } from '../text/span.js';
import type { Frame } from './frame.js';
import type { Instance, Unknown } from './values.js';

/** A Python exception on its way. */
export class Raised {
  constructor(
    readonly exception: Instance,
    /** The frame whose `raise` statement raised it; absent for what an operation or a native raises. */
    readonly raisedIn: Frame | undefined,
    readonly site: Site | undefined,
  ) {}
}

/** The steps or the memory given to an evaluation are used up; no Python code can catch it. */
export class BudgetExceeded {
  constructor(readonly reason: string) {}
}

/** A native needs a number that is not known: the call answers the unknown in its place. */
export class NotKnown {
  constructor(readonly value: Unknown) {}
}

/** A newer edit made this evaluation pointless. */
export class Cancelled {}
