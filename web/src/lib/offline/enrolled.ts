import { session } from '../session.svelte';
import { device, looked } from './sync.svelte';

/** Whether this phone is enrolled for the account that is logged in: only then records go through the box. */
export const enrolled = (): boolean => !!session() && device()?.account_id === session()!.account.account_id;

/** Whether the phone is known to be without an enrolment of this account. */
export const notEnrolled = (): boolean => looked() && !enrolled();
