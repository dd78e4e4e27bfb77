package auth_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"jaring/internal/auth"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/store"
)

func TestAddAccountTellsAllThatIsWrong(t *testing.T) {
	w := sqliteTown(t)
	_, _, err := w.AddAccount(t.Context(), jaring.System, auth.NewAccount{Login: "a b", Name: " ", Role: "system", Office: "x"})
	var es jaring.Errors
	if !errors.As(err, &es) {
		t.Fatal(err)
	}
	var got []string
	for _, e := range es {
		got = append(got, e.Field+" "+e.Key)
	}
	want := []string{"login account.login_malformed", "name field.required", "role field.choice", "office_id office.not_found"}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestWhoMayManageAccounts(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		w := newTown(t, db)
		ctx := t.Context()
		n := auth.NewAccount{Login: "Ani", Name: "Ani", Role: jaring.RoleAgent, Office: w.tebo}
		for login, key := range map[string]string{"siti": "error.forbidden", "joko": "error.out_of_area"} {
			_, _, err := w.AddAccount(ctx, w.actor(login), n)
			w.want(err, key)
			_, err = w.ResetPassword(ctx, w.actor(login), w.account["budi"])
			w.want(err, key)
			w.want(w.DisableAccount(ctx, w.actor(login), w.account["budi"]), key)
		}
		root := w.actor("root")
		id, password, err := w.AddAccount(ctx, root, n)
		w.must(err)
		_, session, err := w.LogIn(ctx, "ani", password, "192.0.2.1")
		if w.must(err); session.Account != id || session.Role != jaring.RoleAgent {
			t.Errorf("session %+v", session)
		}
		_, _, err = w.AddAccount(ctx, root, auth.NewAccount{Login: " ANI", Name: "Ani", Role: jaring.RoleAgent, Office: w.tebo})
		if w.want(err, "account.login_taken"); jaring.CodeOf(err) != jaring.Conflict {
			t.Errorf("got %v", err)
		}
		w.want(w.DisableAccount(ctx, root, root.Account), "account.own")
		_, err = w.ResetPassword(ctx, root, auth.UnknownAccount)
		w.want(err, "account.not_found")
		w.must(w.DisableAccount(ctx, root, id))
		w.must(w.DisableAccount(ctx, root, id))
		want := []jaring.EventKind{jaring.AccountAdded, jaring.LoggedIn, jaring.AccountDisabled}
		if got := w.events(string(id)); !slices.Equal(got, want) {
			t.Errorf("events %v, want %v", got, want)
		}
	})
}

func TestFindAccountsOfTheOwnOffices(t *testing.T) {
	w := sqliteTown(t)
	for login, want := range map[string][]string{"root": {"budi", "joko", "kepala", "root", "siti"}, "joko": {"joko"}} {
		all, err := w.FindAccounts(t.Context(), w.actor(login), "", 100)
		w.must(err)
		var got []string
		for _, a := range all {
			got = append(got, a.Login)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s sees %v, want %v", login, got, want)
		}
	}
	_, err := w.FindAccounts(t.Context(), w.actor("siti"), "", 100)
	w.want(err, "error.forbidden")
	_, err = w.FindAccounts(t.Context(), jaring.Actor{}, "", 100)
	w.want(err, "error.unauthenticated")
	a, err := w.GetAccountByLogin(t.Context(), w.actor("root"), "SITI")
	if w.must(err); a.ID != w.account["siti"] || a.Disabled {
		t.Errorf("got %+v", a)
	}
	_, err = w.GetAccountByLogin(t.Context(), w.actor("joko"), "siti")
	w.want(err, "error.out_of_area")
}

func TestChangePassword(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		w := newTown(t, db)
		ctx := t.Context()
		token := w.logIn("siti")
		siti, _, err := w.Actor(ctx, token)
		w.must(err)
		const next = "ikan lele goreng"
		w.want(w.ChangePassword(ctx, siti, w.password["siti"], "short"), "password.too_short")
		w.want(w.ChangePassword(ctx, siti, "not the password", next), "account.log_in_refused")
		w.want(w.ChangePassword(ctx, jaring.Actor{}, "", next), "error.unauthenticated")
		_, _, err = w.Actor(ctx, token)
		w.must(err)
		w.must(w.ChangePassword(ctx, siti, w.password["siti"], next))
		_, _, err = w.Actor(ctx, token)
		w.want(err, "error.unauthenticated")
		_, _, err = w.LogIn(ctx, "siti", w.password["siti"], "192.0.2.1")
		w.want(err, "account.log_in_refused")
		_, _, err = w.LogIn(ctx, "siti", next, "192.0.2.1")
		w.must(err)
		if !slices.Contains(w.events(string(siti.Account)), jaring.PasswordChanged) {
			t.Error("the change is no event")
		}
		for range 9 {
			w.want(w.ChangePassword(ctx, siti, "not the password", next), "account.log_in_refused")
		}
		w.want(w.ChangePassword(ctx, siti, "not the password", next), "account.log_in_refused")
		w.want(w.ChangePassword(ctx, siti, next, next), "error.rate_limited")
	})
}

func TestOldHashIsRenewedAtLogIn(t *testing.T) {
	w := sqliteTown(t)
	stored := func() (hash string) {
		w.must(w.db.Read(t.Context(), func(tx *store.Tx) error {
			a, err := tx.GetAccount(w.account["siti"])
			hash = a.PasswordHash
			return err
		}))
		return hash
	}
	before := stored()
	w.logIn("siti")
	if stored() != before {
		t.Error("hashed anew without need")
	}
	dearer := auth.New(w.db, auth.Options{Now: w.clock.Now, Hash: auth.Parameters{Memory: 128, Time: 2, Threads: 1}})
	_, _, err := dearer.LogIn(t.Context(), "siti", "wrong wrong", "192.0.2.1")
	w.want(err, "account.log_in_refused")
	if stored() != before {
		t.Error("a wrong password changed the hash")
	}
	_, _, err = dearer.LogIn(t.Context(), "siti", w.password["siti"], "192.0.2.1")
	w.must(err)
	if after := stored(); !strings.HasPrefix(after, "$argon2id$v=19$m=128,t=2,p=1$") {
		t.Errorf("hash after log-in: %s", after)
	}
	w.logIn("siti")
}

func TestAddOffice(t *testing.T) {
	w := sqliteTown(t)
	ctx := t.Context()
	n := auth.NewOffice{Parent: w.jambi, Kind: "sub_branch", Name: "Batang Hari", Zone: "Asia/Jakarta"}
	for login, key := range map[string]string{"kepala": "error.forbidden", "joko": "error.out_of_area", "root": ""} {
		_, err := w.AddOffice(ctx, w.actor(login), n)
		w.want(err, key)
	}
	top := n
	top.Parent = ""
	_, err := w.AddOffice(ctx, w.actor("root"), top)
	w.want(err, "error.forbidden")
	_, err = w.AddOffice(ctx, jaring.System, auth.NewOffice{Kind: "shop", Zone: "Mars/Olympus"})
	var es jaring.Errors
	if !errors.As(err, &es) || len(es) != 3 {
		t.Errorf("got %v, want three findings", err)
	}
	n.Parent = auth.UnknownAccount
	_, err = w.AddOffice(ctx, jaring.System, n)
	w.want(err, "office.not_found")
	seen, err := w.FindOffices(ctx, w.actor("siti"))
	w.must(err)
	var names []string
	for _, o := range seen {
		names = append(names, o.Name)
	}
	if want := []string{"Jambi", "Batang Hari", "Tebo"}; !slices.Equal(names, want) {
		t.Errorf("siti sees %v, want %v", names, want)
	}
	_, err = w.FindOffices(ctx, jaring.Actor{})
	w.want(err, "error.unauthenticated")
}
