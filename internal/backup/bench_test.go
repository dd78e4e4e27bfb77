package backup_test

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"jaring/internal/backup"
	"jaring/internal/jaringtest"
	"jaring/internal/store"
)

// benchRows are written into each table: together about a quarter of a million rows, in every index there is.
const benchRows = 2500

// BenchmarkWrite is one backup. The memory that is told is all that was asked for; what is held at a time is bounded.
func BenchmarkWrite(b *testing.B) {
	for name, open := range map[string]func(testing.TB) *store.DB{"sqlite": jaringtest.SQLite, "postgres": jaringtest.Postgres} {
		b.Run(name, func(b *testing.B) {
			db := open(b)
			fill(b, db, benchRows)
			dir, rows, size := jaringtest.Folder(b), int64(0), int64(0)
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				h, err := backup.Write(b.Context(), db, filepath.Join(dir, strconv.Itoa(i)), false, now)
				if err != nil {
					b.Fatal(err)
				}
				rows, size = rows+h.Rows, h.Bytes
			}
			b.ReportMetric(float64(rows)/b.Elapsed().Seconds(), "rows/s")
			b.ReportMetric(float64(size)/float64(rows/int64(b.N)), "bytes/row")
		})
	}
}

// BenchmarkRestore is one restore: sums, migrations, rows, indexes, reading back.
func BenchmarkRestore(b *testing.B) {
	db := jaringtest.SQLite(b)
	fill(b, db, benchRows)
	path, h := write(b, db)
	for name, fresh := range map[string]func(testing.TB) string{"sqlite": jaringtest.SQLiteURL, "postgres": jaringtest.PostgresURL} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				url := fresh(b)
				if err := restore(b.Context(), path, url, anyKey); err != nil {
					b.Fatal(err)
				}
				if lite, ok := strings.CutPrefix(url, "sqlite:"); ok {
					os.Remove(lite)
				}
			}
			b.ReportMetric(float64(h.Rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}
