import { createBrowserReceiver, type StatelyInspectionEvent } from '@statelyai/inspect';

/** Stands for Stately's page: receives by Stately's own receiver, and keeps what it gets. */
const received: StatelyInspectionEvent[] = [];
Object.assign(globalThis, { received });
createBrowserReceiver().subscribe((event) => received.push(event));
