package store_test

import (
	"bytes"
	"testing"

	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/store"
)

// The types that all records lean on, written and read through the same text.
func TestTypesRoundTrip(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		err := db.Write(t.Context(), func(tx *store.Tx) error {
			_, err := tx.Exec(`CREATE TABLE sample (sample_id uuid PRIMARY KEY, other uuid NOT NULL, words text NOT NULL, n bigint NOT NULL, small smallint NOT NULL, bytes bytea, none bytea)`)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		const id, other = "0198b1c2-0000-7000-8000-000000000001", "0198b1c2-0000-7000-8000-000000000002"
		row := []any{id, other, "Siti Ramlah", int64(-1 << 62), int64(1), []byte{0, 1, 255}, []byte(nil)}
		for name, insert := range map[string]func(*store.Tx) error{
			"exec": func(tx *store.Tx) error {
				_, err := tx.Exec(`INSERT INTO sample VALUES ($1,$2,$3,$4,$5,$6,$7)`, row...)
				return err
			},
			"queue": func(tx *store.Tx) error { return tx.Queue(`INSERT INTO sample VALUES ($1,$2,$3,$4,$5,$6,$7)`, row...) },
			"copy": func(tx *store.Tx) error {
				_, err := tx.CopyIn("sample", []string{"sample_id", "other", "words", "n", "small", "bytes", "none"}, [][]any{row})
				return err
			},
		} {
			t.Run(name, func(t *testing.T) {
				if err := db.Write(t.Context(), insert); err != nil {
					t.Fatal(err)
				}
				readSample(t, db, id, other)
				err := db.Write(t.Context(), func(tx *store.Tx) error {
					n, err := tx.Exec(`DELETE FROM sample WHERE sample_id = $1`, id)
					if n != 1 {
						t.Errorf("deleted %d rows by a uuid in text, want 1", n)
					}
					return err
				})
				if err != nil {
					t.Fatal(err)
				}
			})
		}
	})
}

func readSample(t *testing.T, db *store.DB, id, other string) {
	t.Helper()
	read := func(tx *store.Tx) error {
		var (
			worker     jaring.WorkerID
			plain      string
			name       jaring.Sector
			n          jaring.Rupiah
			small      int64
			months     int
			some, none []byte
			null       bool
		)
		none = []byte("stale")
		found, err := tx.One(`SELECT sample_id, other, words, n, small, small, bytes, none, none IS NULL FROM sample WHERE sample_id IN ($1, $2) AND other = $3`,
			[]any{id, id, other}, &worker, &plain, &name, &n, &small, &months, &some, &none, &null)
		if err != nil || !found {
			t.Errorf("read: found %v, %v", found, err)
			return err
		}
		if string(worker) != id || plain != other || name != "Siti Ramlah" || n != -1<<62 || small != 1 || months != 1 || !bytes.Equal(some, []byte{0, 1, 255}) {
			t.Errorf("read %q %q %q %d %d %d %x", worker, plain, name, n, small, months, some)
		}
		if none != nil || !null {
			t.Errorf("nil bytes came back as %q, NULL %v", none, null)
		}
		return nil
	}
	if err := db.Read(t.Context(), read); err != nil {
		t.Error(err)
	}
	if err := db.Write(t.Context(), read); err != nil {
		t.Errorf("within a write: %v", err)
	}
}
