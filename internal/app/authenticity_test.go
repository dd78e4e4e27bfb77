package app_test

import (
	"bytes"
	"image"
	"image/jpeg"
	"slices"
	"strings"
	"testing"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/store"
)

// certified is an agent of the branch with a certificate from today on.
func certified(t *testing.T, town *jaringtest.Town, days int, powers ...jaring.Power) (jaring.Actor, string) {
	t.Helper()
	agent := town.Hire("baru", "Siti Rohana", jaring.RoleAgent, town.Branch)
	day := jaring.NewDay(2026, 11, 21)
	number, err := town.App.Certify(t.Context(), town.Head, agent.Account, day, day.Add(days), powers)
	wantError(t, err, "")
	return agent, number
}

func TestIsThisAgentGenuine(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		town := jaringtest.NewTown(t, db)
		ctx, a := t.Context(), town.App
		agent, number := certified(t, town, 30, jaring.PowerRegister)
		own, err := a.GetOwnCertificate(ctx, agent)
		wantError(t, err, "")
		if own.Number != number || len(own.CodeSecret) != 32 || own.StateToday != jaring.CertificateValid {
			t.Fatalf("%+v", own)
		}
		token, err := town.Ring.VerifyCertificate(own.Token)
		if err != nil || token.Number != number || token.Name != "Siti Rohana" || token.Office != "Cabang Jambi" || token.KeyID != own.Keys.KeyID {
			t.Errorf("%+v %v", token, err)
		}
		code := jaring.CertificateCode(own.CodeSecret, town.Now())
		look := func(number, code string, state jaring.CertificateState, answer jaring.CodeAnswer, may int) {
			t.Helper()
			v, err := a.CheckCertificate(ctx, number, code)
			if err != nil || v.StateToday != state || v.Code != answer || len(v.May) != may || len(v.May)+len(v.MayNot) != len(jaring.Powers) {
				t.Errorf("%+v %v, want %s %s", v, err, state, answer)
			}
		}
		look(number, code, jaring.CertificateValid, jaring.CodeRight, 1)
		look(strings.ToLower(strings.ReplaceAll(number, "-", " ")), "", jaring.CertificateValid, "", 1)
		town.Pass(3 * time.Minute)
		look(number, code, jaring.CertificateValid, jaring.CodeOld, 1)
		look(number, "000", jaring.CertificateValid, jaring.CodeWrong, 1)
		wantError(t, a.StopCertificate(ctx, town.Head, newOp(), number, jaring.CertificateIsStopped, "pengaduan dari pasar"), "")
		look(number, "", jaring.CertificateIsStopped, "", 0)
		keys, err := a.FindCertificateKeys(ctx)
		if wantError(t, err, ""); !slices.Contains(keys.Suspended, number) || len(keys.PublicKey) == 0 {
			t.Errorf("%+v", keys)
		}
		wantError(t, a.StopCertificate(ctx, town.Head, newOp(), number, jaring.CertificateValid, "tidak terbukti"), "")
		look(number, "", jaring.CertificateValid, "", 1)
		wantError(t, town.Auth.DisableAccount(ctx, town.Admin, agent.Account), "")
		look(number, "", jaring.CertificateIsStopped, "", 0) // whose account is closed is no agent today
		town.Pass(40 * 24 * time.Hour)
		_, err = a.CheckCertificate(ctx, "SK-26-AAAA-AAAAA", "")
		wantError(t, err, "certificate.unknown")
	})
}

func TestStoppingTakesEffectAtOnce(t *testing.T) {
	town := jaringtest.NewTown(t, jaringtest.SQLite(t))
	ctx, a, day := t.Context(), town.App, jaring.NewDay(2026, 11, 21)
	agent, number := certified(t, town, 30, jaring.Powers...)
	token, _, err := town.Auth.LogIn(ctx, town.Logins[agent.Account], town.Passwords[agent.Account], "127.0.0.1:1")
	wantError(t, err, "")
	may := func() string {
		actor, _, err := town.Auth.Actor(ctx, token)
		wantError(t, err, "")
		return jaring.KeyOf(actor.Licensed(jaring.PowerRegister, town.Now(), day))
	}
	for _, step := range []struct {
		to   jaring.CertificateState
		want string
	}{{jaring.CertificateIsStopped, "certificate.stopped"}, {jaring.CertificateValid, ""}, {jaring.CertificateIsRevoked, "certificate.stopped"}} {
		wantError(t, a.StopCertificate(ctx, town.Head, newOp(), number, step.to, "alasan yang jelas"), "")
		if got := may(); got != step.want {
			t.Errorf("%s: %q", step.to, got)
		}
	}
	wantError(t, a.StopCertificate(ctx, town.Head, newOp(), number, jaring.CertificateValid, "alasan yang jelas"), "certificate.revoked")
	wantError(t, a.StopCertificate(ctx, town.Head, newOp(), number, "expired", "alasan yang jelas"), "certificate.state_unknown")
	wantError(t, a.StopCertificate(ctx, town.Head, newOp(), number, jaring.CertificateIsStopped, "x"), "reason.too_short")
	wantError(t, a.StopCertificate(ctx, town.Officer, newOp(), number, jaring.CertificateIsStopped, "alasan yang jelas"), "error.forbidden")
	wantError(t, a.StopCertificate(ctx, town.Head, newOp(), "SK", jaring.CertificateIsStopped, "alasan yang jelas"), "certificate.unknown")
}

func TestANewCertificateReplacesTheOneThatRuns(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		town := jaringtest.NewTown(t, db)
		ctx, a, day := t.Context(), town.App, jaring.NewDay(2026, 11, 21)
		agent, first := certified(t, town, 40, jaring.Powers...)
		next, err := a.Certify(ctx, town.Head, agent.Account, day.Add(41), day.Add(300), jaring.Powers) // for later: both stand
		wantError(t, err, "")
		v, err := a.CheckCertificate(ctx, first, "")
		if wantError(t, err, ""); v.StateToday != jaring.CertificateValid {
			t.Errorf("%s", v.StateToday)
		}
		town.Pass(time.Minute)
		second, err := a.Certify(ctx, town.Head, agent.Account, day, day.Add(40), []jaring.Power{jaring.PowerRegister})
		wantError(t, err, "")
		v, err = a.CheckCertificate(ctx, first, "")
		if wantError(t, err, ""); v.StateToday != jaring.CertificateIsRevoked || v.ReplacedBy != second {
			t.Errorf("%s, replaced by %q", v.StateToday, v.ReplacedBy)
		}
		now, err := town.Auth.ActorOfAccount(ctx, agent.Account)
		wantError(t, err, "")
		wantError(t, now.Licensed(jaring.PowerCash, town.Now(), day), "certificate.power_missing")
		wantError(t, now.Licensed(jaring.PowerCash, town.Now(), day.Add(41)), "") // by the one for later
		own, err := a.GetOwnCertificate(ctx, agent)
		if wantError(t, err, ""); own.Number != second {
			t.Errorf("%s, want %s and not %s", own.Number, second, next)
		}
		page, err := a.GetAgent(ctx, town.Officer, agent.Account)
		if wantError(t, err, ""); len(page.Certificates) != 3 || page.Certificate.Number != second {
			t.Errorf("%+v", page.AgentRow)
		}
	})
}

func TestWhoGetsNoCertificate(t *testing.T) {
	town := jaringtest.NewTown(t, jaringtest.SQLite(t))
	ctx, a, day := t.Context(), town.App, jaring.NewDay(2026, 11, 21)
	certify := func(by jaring.Actor, account jaring.AccountID) error {
		_, err := a.Certify(ctx, by, account, day, day.Add(1), jaring.Powers)
		return err
	}
	wantError(t, certify(town.Officer, town.Agent.Account), "error.forbidden")
	wantError(t, certify(town.Head, town.FarOfficer.Account), "error.out_of_area")
	wantError(t, certify(town.Head, town.Officer.Account), "certificate.not_agent")
	wantError(t, certify(town.Head, "x"), "account.not_found")
	wantError(t, certify(town.Head, jaring.AccountID(jaringtest.NewID())), "account.not_found")
	wantError(t, certify(jaring.Actor{}, town.Agent.Account), "error.unauthenticated")
	wantError(t, town.Auth.DisableAccount(ctx, town.Admin, town.Second.Account), "")
	wantError(t, certify(town.Head, town.Second.Account), "account.disabled")
	own, err := a.GetOwnCertificate(ctx, town.Officer)
	if wantError(t, err, ""); own != nil {
		t.Errorf("a desk has %+v", own)
	}
	_, err = a.GetOwnCertificate(ctx, jaring.Actor{})
	wantError(t, err, "error.unauthenticated")
}

// New keys: the codes of phones stay right, and the old keys can go.
func TestCodesOutliveTheirKeys(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		town := jaringtest.NewTown(t, db)
		agent, number := certified(t, town, 30, jaring.PowerRegister)
		own, err := town.App.GetOwnCertificate(t.Context(), agent)
		wantError(t, err, "")
		ring := rotated(t, town)
		acts := under(town, ring)
		done, err := acts.Rekey(t.Context(), func(int) {})
		if err != nil || done.Left != 0 || done.Resealed == 0 {
			t.Fatalf("%+v %v", done, err)
		}
		ring.Retire()
		v, err := acts.CheckCertificate(t.Context(), number, jaring.CertificateCode(own.CodeSecret, town.Now()))
		if err != nil || v.Code != jaring.CodeRight {
			t.Errorf("%+v %v", v, err)
		}
	})
}

func TestAgentPhoto(t *testing.T) {
	town := jaringtest.NewTown(t, jaringtest.SQLite(t))
	ctx, a := t.Context(), town.App
	agent, number := certified(t, town, 1, jaring.PowerRegister)
	var picture bytes.Buffer
	if err := jpeg.Encode(&picture, image.NewGray(image.Rect(0, 0, 8, 8)), nil); err != nil {
		t.Fatal(err)
	}
	_, err := a.CertificatePhoto(ctx, number)
	wantError(t, err, "photo.none")
	wantError(t, a.SetAgentPhoto(ctx, town.Head, agent.Account, []byte("GIF89a")), "photo.not_jpeg")
	wantError(t, a.SetAgentPhoto(ctx, town.Head, agent.Account, make([]byte, 60_001)), "photo.too_large")
	wantError(t, a.SetAgentPhoto(ctx, town.Officer, agent.Account, picture.Bytes()), "error.forbidden")
	wantError(t, a.SetAgentPhoto(ctx, town.Head, town.Officer.Account, picture.Bytes()), "agent.not_agent")
	wantError(t, a.SetAgentPhoto(ctx, town.Head, agent.Account, picture.Bytes()), "")
	got, err := a.CertificatePhoto(ctx, number)
	if err != nil || !bytes.Equal(got, picture.Bytes()) {
		t.Errorf("%d bytes %v", len(got), err)
	}
	town.Pass(3 * 24 * time.Hour)
	_, err = a.CertificatePhoto(ctx, number)
	wantError(t, err, "photo.none") // over: no longer shown to everybody
}
