package store_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/store"
)

// wantSilent checks that no text of an error, nor of what it wraps in our own types,
// shows a value.
func wantSilent(t testing.TB, err error, values ...string) {
	t.Helper()
	var known *jaring.Error
	texts := []string{fmt.Sprint(err), fmt.Sprintf("%+v", err)}
	if errors.As(err, &known) {
		texts = append(texts, fmt.Sprint(known.Err), fmt.Sprint(known.Args))
	}
	for _, text := range texts {
		for _, v := range values {
			if strings.Contains(text, v) {
				t.Errorf("an error shows a value: %s", strings.ReplaceAll(text, v, "⟨value⟩"))
			}
		}
	}
}

func TestUniqueKeysHaveNames(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		w, m := addWorker(t, db), (*store.MembershipRecord)(nil)
		op := sampleOperation(w)
		m = sampleMembership(w)
		pay := jaring.Payment{Code: "8808000000000001", Worker: w.ID, Membership: m.ID, Amount: 50_400, State: "waiting"}
		office := &store.OfficeRecord{ID: newID[jaring.OfficeID](), Kind: "fund", Name: "Fund", Zone: "Asia/Jakarta", AddedAt: now}
		account := func() *store.AccountRecord {
			return &store.AccountRecord{ID: newID[jaring.AccountID](), Login: "rina", Name: "Rina", Role: jaring.RoleAgent, Office: office.ID, AddedAt: now}
		}
		write(t, db, func(tx *store.Tx) error {
			_, err := tx.Claim([]*store.OperationRecord{op}, []store.NIKClaim{sampleClaim(w, "1571025502849001")})
			return errors.Join(err, tx.AddOffice(office), tx.AddAccount(account()), tx.AddMembership(m), tx.AddPayment(pay))
		})
		write(t, db, func(tx *store.Tx) error {
			_, err := tx.Exec(`INSERT INTO kpj_index (kpj, worker_id) VALUES ('26000000001', $1)`, string(w.ID))
			return err
		})
		again := sampleWorker()
		again.RegistrationNo = w.RegistrationNo
		for key, f := range map[string]func(*store.Tx) error{
			"account.login_taken": func(tx *store.Tx) error { return tx.AddAccount(account()) },
			"worker.already_registered": func(tx *store.Tx) error {
				return tx.Queue(`INSERT INTO nik_index (nik_hmac, key_id, worker_id) VALUES ($1, 'k', $2)`, nikHash("1571025502849001"), string(again.ID))
			},
			"core.kpj_taken": func(tx *store.Tx) error {
				return tx.Queue(`INSERT INTO kpj_index (kpj, worker_id) VALUES ('26000000001', $1)`, string(again.ID))
			},
			"registration_no.taken": func(tx *store.Tx) error { return tx.AddWorker(again) },
			"payment.code_taken": func(tx *store.Tx) error {
				other := pay
				other.Membership = newID[jaring.MembershipID]()
				return tx.AddPayment(other)
			},
			"operation.known": func(tx *store.Tx) error {
				return tx.Queue(`INSERT INTO operation (operation_id, kind, digest, account_id, device_id, seq, taken_at, received_at, outcome, worker_id, detail)
					SELECT operation_id, kind, digest, account_id, device_id, seq, taken_at, received_at, outcome, worker_id, detail FROM operation`)
			},
		} {
			err := db.Write(t.Context(), f)
			wantKey(t, err, jaring.Conflict, key)
			wantSilent(t, err, "26000000001", "8808000000000001", string(w.RegistrationNo), "rina")
		}
	})
}

// Nothing that a row holds may reach a log by way of an error.
func TestErrorsShowNoValue(t *testing.T) {
	const nik, mother = "1571025502849001", "Rohana binti Yusuf"
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		w := addWorker(t, db)
		for name, f := range map[string]func(*store.Tx) error{
			"not a uuid": func(tx *store.Tx) error { _, err := tx.GetWorker(nik); return err },
			"uuid of a name": func(tx *store.Tx) error {
				return tx.AddMembership(sampleMembership(&store.WorkerRecord{Worker: jaring.Worker{ID: mother}}))
			},
			"not a number": func(tx *store.Tx) error { return orError(tx.Queue(`INSERT INTO lease VALUES ('x', 'y', $1)`, mother)) },
			"too large": func(tx *store.Tx) error {
				return tx.Queue(`INSERT INTO lease SELECT $1, $1, $2 FROM nowhere`, mother, nik)
			},
			"cast": func(tx *store.Tx) error {
				var n int64
				_, err := tx.One(`SELECT CAST($1 AS bigint) / 0 FROM setting WHERE name = $2`, []any{nik, mother}, &n)
				return orError(err)
			},
			"no such table": func(tx *store.Tx) error { return tx.Queue(`INSERT INTO nowhere VALUES ($1)`, nik) },
			"null": func(tx *store.Tx) error {
				return tx.Queue(`INSERT INTO setting (name, value) VALUES ($1, NULL)`, nik+mother)
			},
			"duplicate": func(tx *store.Tx) error {
				return errors.Join(tx.Queue(`INSERT INTO lease VALUES ($1, $1, 0)`, nik), tx.Queue(`INSERT INTO lease VALUES ($1, $1, 0)`, nik))
			},
			"scan": func(tx *store.Tx) error {
				var n int64
				_, err := tx.One(`SELECT CAST($1 AS text) FROM worker`, []any{nik + mother}, &n)
				return err
			},
			"foreign key": func(tx *store.Tx) error {
				return tx.AddCapture(newID[jaring.WorkerID](), newID[jaring.OperationID](), []byte(nik))
			},
			"bytes that break": func(tx *store.Tx) error { return orError(tx.SetSetting(nik, mother+"\x00\xff")) },
			"second worker": func(tx *store.Tx) error {
				again := *w
				again.Name = mother
				again.RegistrationNo = nik
				return tx.AddWorker(&again)
			},
		} {
			t.Run(name, func(t *testing.T) {
				err := db.Write(t.Context(), f)
				if err == nil {
					t.Fatal("no error to look at")
				}
				wantSilent(t, err, nik, mother, nik[:8])
			})
		}
	})
}

// orError stands in where one engine takes what the other refuses.
func orError(err error) error {
	if err == nil {
		return errors.New("taken")
	}
	return err
}

// An error of the caller's own keeps its identity on the way out.
func TestErrorsKeepTheirCause(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		mine := errors.New("mine")
		for _, run := range []func() error{
			func() error { return db.Write(t.Context(), func(*store.Tx) error { return mine }) },
			func() error { return db.Read(t.Context(), func(*store.Tx) error { return mine }) },
			func() error { return db.Bulk(t.Context(), func(*store.Tx) error { return mine }) },
		} {
			err := run()
			if !errors.Is(err, mine) {
				t.Errorf("%v is not its cause any more", err)
			}
			wantKey(t, err, jaring.Internal, "error.internal")
		}
		several := jaring.Errors{jaring.NewError(jaring.Invalid, "nik.length").At("nik"), jaring.NewError(jaring.Invalid, "field.required").At("name")}
		var got jaring.Errors
		if err := db.Write(t.Context(), func(*store.Tx) error { return several }); !errors.As(err, &got) || len(got) != 2 {
			t.Errorf("findings came back as %v", err)
		}
	})
}
