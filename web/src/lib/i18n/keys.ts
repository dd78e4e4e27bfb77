import type agent from './id.d/agent.json';
import type board from './id.d/board.json';
import type box from './id.d/box.json';
import type campaign from './id.d/campaign.json';
import type core from './id.d/core.json';
import type criteria from './id.d/criteria.json';
import type desk from './id.d/desk.json';
import type employer from './id.d/employer.json';
import type entry from './id.d/entry.json';
import type fair from './id.d/fair.json';
import type fairPublic from './id.d/fair_public.json';
import type fairShared from './id.d/fair_shared.json';
import type field from './id.d/field.json';
import type follow from './id.d/follow.json';
import type form from './id.d/form.json';
import type gate from './id.d/gate.json';
import type hall from './id.d/hall.json';
import type hallPublic from './id.d/hall_public.json';
import type handover from './id.d/handover.json';
import type house from './id.d/house.json';
import type kartu from './id.d/kartu.json';
import type market from './id.d/market.json';
import type money from './id.d/money.json';
import type moneyField from './id.d/money_field.json';
import type moneyPublic from './id.d/money_public.json';
import type office from './id.d/office.json';
import type outreach from './id.d/outreach.json';
import type pin from './id.d/pin.json';
import type price from './id.d/price.json';
import type publics from './id.d/public.json';
import type register from './id.d/register.json';
import type self from './id.d/self.json';
import type roster from './id.d/roster.json';
import type service from './id.d/service.json';
import type servicePublic from './id.d/service_public.json';
import type serviceShared from './id.d/service_shared.json';
import type sponsor from './id.d/sponsor.json';
import type target from './id.d/target.json';
import type targetShared from './id.d/target_shared.json';
import type village from './id.d/village.json';
import type villagePublic from './id.d/village_public.json';
import type villageShared from './id.d/village_shared.json';

/** Every key of every group. A wrong one does not compile; a group that its route does not load fails the catalogue's test. */
export type Key =
  | keyof typeof employer | keyof typeof agent | keyof typeof board | keyof typeof box | keyof typeof campaign | keyof typeof core | keyof typeof criteria | keyof typeof desk | keyof typeof entry
  | keyof typeof fair | keyof typeof fairPublic | keyof typeof fairShared | keyof typeof field | keyof typeof follow | keyof typeof form | keyof typeof gate | keyof typeof hall | keyof typeof hallPublic | keyof typeof handover | keyof typeof house | keyof typeof kartu | keyof typeof market | keyof typeof money | keyof typeof moneyField | keyof typeof moneyPublic | keyof typeof outreach | keyof typeof pin | keyof typeof office | keyof typeof price | keyof typeof publics | keyof typeof register | keyof typeof self | keyof typeof roster | keyof typeof service | keyof typeof servicePublic | keyof typeof serviceShared | keyof typeof sponsor | keyof typeof target | keyof typeof targetShared | keyof typeof village | keyof typeof villagePublic | keyof typeof villageShared;
