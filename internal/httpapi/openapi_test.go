package httpapi_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"jaring/internal/httpapi"
	"jaring/internal/jaring"
)

// document is the OpenAPI document as it is served.
func document(t *testing.T) map[string]any {
	d := liteDoor(t)
	var doc map[string]any
	d.get(jaring.Actor{}, "/openapi.json").want(t, 200, "").into(t, &doc)
	return doc
}

func at(v any, path ...string) any {
	for _, name := range path {
		m, _ := v.(map[string]any)
		v = m[name]
	}
	return v
}

func TestEveryRouteIsInTheDocument(t *testing.T) {
	doc := document(t)
	listed := map[string]bool{"GET /api/v1/live": true, "GET /api/v1/campaigns/{id}/live": true, "GET /api/v1/kiosk/live": true,
		"GET /api/v1/campaigns/{id}/media/{media_id}": true, "GET /api/v1/kiosk/media/{media_id}": true}
	for _, r := range httpapi.ListedRoutes() {
		listed[r.Method+" /api/v1"+r.Path] = true
		op := at(doc, "paths", "/api/v1"+r.Path, strings.ToLower(r.Method))
		if op == nil {
			t.Errorf("%s %s is not in the document", r.Method, r.Path)
			continue
		}
		answers := append([]int{r.Status, 422, 500}, r.Answers...)
		if !r.Public {
			answers = append(answers, 401, 403)
		}
		for _, status := range answers {
			response := at(op, "responses", strconv.Itoa(status))
			if response == nil {
				t.Errorf("%s %s: the document has no %d", r.Method, r.Path, status)
			}
			if status >= 400 && at(response, "content", "application/problem+json", "schema") == nil {
				t.Errorf("%s %s: %d is no problem in the document", r.Method, r.Path, status)
			}
		}
		if r.Method == "POST" && at(op, "requestBody", "content", "application/json", "schema") == nil && at(op, "requestBody", "content", "application/octet-stream", "schema") == nil {
			t.Errorf("%s %s: the document has no body", r.Method, r.Path)
		}
		if (at(op, "security") == nil) != r.Public {
			t.Errorf("%s %s: public is %t, not so in the document", r.Method, r.Path, r.Public)
		}
	}
	for path, methods := range at(doc, "paths").(map[string]any) {
		for method := range methods.(map[string]any) {
			if !listed[strings.ToUpper(method)+" "+path] {
				t.Errorf("%s %s is in the document alone", method, path)
			}
		}
	}
}

func TestEveryActWithARouteIsNamed(t *testing.T) {
	named := map[jaring.Act]bool{}
	for _, r := range httpapi.ListedRoutes() {
		if r.Act != "" && mayDo[string(r.Act)] == "" {
			t.Errorf("%s %s: %s is no act of the table", r.Method, r.Path, r.Act)
		}
		named[r.Act] = true
	}
	for _, act := range jaring.Acts() {
		if !named[act] && act != jaring.ActManageOffice && act != jaring.ActAddPhoto && act != jaring.ActTakeCash { // done from the command line, and by phones alone
			t.Errorf("%s has no route", act)
		}
	}
}

// The document by the structure of OpenAPI 3.1: what is required is there, names are
// unique, references lead somewhere, parameters of a path are declared.
func TestDocumentIsSound(t *testing.T) {
	doc := document(t)
	if version, _ := at(doc, "openapi").(string); !strings.HasPrefix(version, "3.1.") {
		t.Errorf("openapi %q", version)
	}
	if at(doc, "info", "title") == "" || at(doc, "info", "version") == "" || at(doc, "info", "license", "identifier") != "Apache-2.0" {
		t.Errorf("info %v", at(doc, "info"))
	}
	ids := map[string]bool{}
	for path, methods := range at(doc, "paths").(map[string]any) {
		for method, op := range methods.(map[string]any) {
			where := method + " " + path
			id, _ := at(op, "operationId").(string)
			if id == "" || ids[id] {
				t.Errorf("%s: operationId %q", where, id)
			}
			ids[id] = true
			if responses, _ := at(op, "responses").(map[string]any); len(responses) == 0 {
				t.Errorf("%s answers nothing", where)
			} else {
				for status, r := range responses {
					if at(r, "description") == nil {
						t.Errorf("%s: %s has no description", where, status)
					}
				}
			}
			checkParameters(t, where, path, op)
		}
	}
	checkReferences(t, doc, doc, "#")
}

func checkParameters(t *testing.T, where, path string, op any) {
	declared := map[string]bool{}
	parameters, _ := at(op, "parameters").([]any)
	for _, p := range parameters {
		in, name := at(p, "in").(string), at(p, "name").(string)
		if declared[in+" "+name] || at(p, "schema") == nil || !slices.Contains([]string{"path", "query", "header", "cookie"}, in) {
			t.Errorf("%s: parameter %v", where, p)
		}
		declared[in+" "+name] = true
		if in == "path" && at(p, "required") != true {
			t.Errorf("%s: %s of the path is not required", where, name)
		}
	}
	for part := range strings.SplitSeq(path, "/") {
		if name, ok := strings.CutPrefix(part, "{"); ok && !declared["path "+strings.TrimSuffix(name, "}")] {
			t.Errorf("%s: %s is not declared", where, part)
		}
	}
}

// checkReferences follows every $ref of the document.
func checkReferences(t *testing.T, doc, v any, where string) {
	switch v := v.(type) {
	case map[string]any:
		if ref, ok := v["$ref"].(string); ok {
			if at(doc, strings.Split(strings.TrimPrefix(ref, "#/"), "/")...) == nil {
				t.Errorf("%s: %s leads nowhere", where, ref)
			}
		}
		for name, member := range v {
			checkReferences(t, doc, member, where+"/"+name)
		}
	case []any:
		for i, item := range v {
			checkReferences(t, doc, item, fmt.Sprint(where, "/", i))
		}
	}
}
