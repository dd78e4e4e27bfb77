package store

// class says how a table is spread when the database is Citus.
type class string

const (
	reference class = "reference" // small, whole on every node, rarely written
	sharded   class = "sharded"   // spread by its key
	local     class = "local"     // on the coordinator alone; no act of the trade reads it
)

// placement is the class of a table. The key of a sharded table is part of each of its
// unique keys; with names the table beside whose rows of the same key its own lie.
type placement struct {
	table string
	class class
	key   string
	with  string
}

// shardKey classes every table. Referenced tables stand before those that reference
// them. A table added by a migration is added here; a test asks for it.
var shardKey = []placement{
	{table: "office", class: reference},
	{table: "office_area", class: reference},
	{table: "account", class: reference},
	{table: "device", class: reference},
	{table: "place", class: reference},
	{table: "setting", class: reference},
	{table: "application", class: reference},
	{table: "agent_class", class: reference},
	{table: "class_quota", class: reference},
	{table: "class_seat", class: reference},
	{table: "attendance", class: reference},
	{table: "certificate", class: reference},
	{table: "agent_photo", class: reference},
	{table: "kit_item", class: reference},
	{table: "territory", class: reference},
	{table: "campaign", class: reference},
	{table: "campaign_pause", class: reference},
	{table: "campaign_team", class: reference},
	{table: "campaign_member", class: reference},
	{table: "kiosk", class: reference},
	{table: "self_source", class: reference},
	{table: "lane", class: reference},
	{table: "lot", class: reference},
	{table: "aware", class: reference},
	{table: "aware_step", class: reference},
	{table: "aware_dialogue", class: reference},
	{table: "partner", class: reference},
	{table: "campaign_guest", class: reference},
	{table: "campaign_cost", class: reference},
	{table: "campaign_question", class: reference},

	{table: "worker", class: sharded, key: "worker_id"},
	{table: "standing_due", class: sharded, key: "worker_id", with: "worker"},
	{table: "membership", class: sharded, key: "worker_id", with: "worker"},
	{table: "payment", class: sharded, key: "worker_id", with: "worker"},
	{table: "capture", class: sharded, key: "worker_id", with: "worker"},
	{table: "review", class: sharded, key: "worker_id", with: "worker"},
	{table: "core_message", class: sharded, key: "worker_id", with: "worker"},
	{table: "reminder", class: sharded, key: "worker_id", with: "worker"},
	{table: "rescue", class: sharded, key: "worker_id", with: "worker"},
	{table: "receipt", class: sharded, key: "worker_id"},
	{table: "receipt_letter", class: sharded, key: "worker_id", with: "receipt"},
	{table: "ledger_entry", class: sharded, key: "owner_id", with: "worker"},
	{table: "ledger_pending", class: sharded, key: "owner_id", with: "worker"},
	{table: "ledger_line", class: sharded, key: "account"},
	{table: "photo", class: sharded, key: "worker_id", with: "worker"},
	{table: "lead", class: sharded, key: "lead_id"},
	{table: "lot_visit", class: sharded, key: "campaign_id"},
	{table: "sweep_capture", class: sharded, key: "campaign_id", with: "lot_visit"},

	{table: "nik_index", class: sharded, key: "nik_hmac"},
	{table: "registration_index", class: sharded, key: "registration_no"},
	{table: "payment_index", class: sharded, key: "code"},
	{table: "kpj_index", class: sharded, key: "kpj"},
	{table: "rescue_index", class: sharded, key: "token_hash"},
	{table: "contact_choice", class: sharded, key: "phone"},
	{table: "reminder_run", class: sharded, key: "office_id"},
	{table: "receipt_index", class: sharded, key: "code_hash"},
	{table: "receipt_counter", class: sharded, key: "device_id"},
	{table: "deposit", class: sharded, key: "agent_id"},
	{table: "cash_agent", class: sharded, key: "agent_id", with: "deposit"},
	{table: "cash_case", class: sharded, key: "office_id"},
	{table: "bill_code", class: sharded, key: "code"},
	{table: "bank_code", class: sharded, key: "code"},
	{table: "bank_notice", class: sharded, key: "external_id"},
	{table: "bank_payment", class: sharded, key: "request_id"},
	{table: "suspense", class: sharded, key: "office_id"},
	{table: "suspense_decision", class: sharded, key: "office_id", with: "suspense"},
	{table: "bank_statement", class: sharded, key: "office_id", with: "suspense"},
	{table: "bank_statement_line", class: sharded, key: "office_id", with: "suspense"},
	{table: "day_close", class: sharded, key: "office_id", with: "suspense"},
	{table: "sponsorship", class: sharded, key: "worker_id", with: "worker"},
	{table: "sponsor", class: sharded, key: "sponsor_id"},
	{table: "agreement", class: sharded, key: "sponsor_id", with: "sponsor"},
	{table: "roster", class: sharded, key: "roster_id"},
	{table: "roster_part", class: sharded, key: "roster_id", with: "roster"},
	{table: "roster_row", class: sharded, key: "roster_id", with: "roster"},
	{table: "roster_finding", class: sharded, key: "roster_id", with: "roster"},
	{table: "roster_mend", class: sharded, key: "roster_id", with: "roster"},
	{table: "payer_group", class: sharded, key: "group_id"},
	{table: "group_member", class: sharded, key: "group_id", with: "payer_group"},
	{table: "group_bill", class: sharded, key: "group_id", with: "payer_group"},
	{table: "group_line", class: sharded, key: "group_id", with: "payer_group"},
	{table: "one_time_code", class: sharded, key: "phone"},
	{table: "self_order", class: sharded, key: "order_id"},
	{table: "self_letter", class: sharded, key: "letter_id"},
	{table: "hall", class: sharded, key: "campaign_id"},
	{table: "participant", class: sharded, key: "campaign_id", with: "hall"},
	{table: "ticket_check", class: sharded, key: "campaign_id", with: "hall"},
	{table: "stand", class: sharded, key: "campaign_id", with: "hall"},
	{table: "stand_photo", class: sharded, key: "campaign_id", with: "hall"},
	{table: "stamp", class: sharded, key: "campaign_id", with: "hall"},
	{table: "consultation", class: sharded, key: "campaign_id", with: "hall"},
	{table: "hall_offer", class: sharded, key: "campaign_id", with: "hall"},
	{table: "announcement", class: sharded, key: "campaign_id", with: "hall"},
	{table: "hall_index", class: sharded, key: "token_hash"},
	{table: "employer", class: sharded, key: "employer_id"},
	{table: "employment", class: sharded, key: "employer_id", with: "employer"},
	{table: "employer_wage", class: sharded, key: "employer_id", with: "employer"},
	{table: "employer_bill", class: sharded, key: "employer_id", with: "employer"},
	{table: "employer_line", class: sharded, key: "employer_id", with: "employer"},
	{table: "employer_index", class: sharded, key: "nib"},
	{table: "operation", class: sharded, key: "operation_id"},
	{table: "held_operation", class: sharded, key: "operation_id"},
	{table: "aware_month", class: sharded, key: "aware_id"},
	{table: "event", class: sharded, key: "subject_id"},
	{table: "event_pending", class: sharded, key: "subject_id", with: "event"},
	{table: "counter", class: sharded, key: "value"},
	{table: "merkle_root", class: sharded, key: "hour"},
	{table: "session", class: sharded, key: "token_hash"},
	{table: "number_block", class: sharded, key: "kind"},
	{table: "lease", class: sharded, key: "name"},

	{table: "schema_version", class: local},
	{table: "schema_version_postgres", class: local},
}
