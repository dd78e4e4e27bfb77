package scheme

import (
	"encoding/json"
	"os"
	"testing"
)

const docSchema = "../../docs/rules/rule-file.schema.json"

// TestDocs_SchemaIsWrittenFromTheKeys keeps the schema of rule files equal to the keys and words
// that the loader knows; run with -update after a change. The loader judges more than it can say.
func TestDocs_SchemaIsWrittenFromTheKeys(t *testing.T) {
	want, err := json.MarshalIndent(fileSchema(), "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	want = append(want, '\n')
	if *update {
		if err := os.WriteFile(docSchema, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := os.ReadFile(docSchema); err != nil || string(got) != string(want) {
		t.Errorf("%s is not what the loader knows: go test ./internal/scheme -run Docs -update (%v)", docSchema, err)
	}
}

type object = map[string]any

func words[T ~string](from ...T) object { return object{"enum": from} }

func listOf(item object) object { return object{"type": "array", "minItems": 1, "items": item} }

func ref(name string) object { return object{"$ref": "#/$defs/" + name} }

// strict is an object that has no other fields than these.
func strict(required []string, fields object) object {
	return object{"type": "object", "required": required, "additionalProperties": false, "properties": fields}
}

func fileSchema() object {
	text, count := object{"type": "string", "minLength": 1}, object{"type": "integer", "minimum": 0}
	money := object{"type": "integer", "minimum": 0, "maximum": int64(maxMoney), "description": "rupiah"}
	programs := listOf(words("JKK", "JKM", "JHT", "JP", "JKP"))
	return object{
		"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "A rule file of Jaring",
		"type": "object", "required": []string{"name", "as_of", "rules"}, "additionalProperties": false,
		"properties": object{"name": text, "as_of": ref("day"), "rules": listOf(ref("rule"))},
		"$defs": object{
			"day":   object{"type": "string", "pattern": `^\d{4}-\d{2}-\d{2}$`},
			"edge":  object{"type": "string", "pattern": `^\d{4}-\d{2}(-\d{2})?$`, "description": "a day, or a month: its first day in from, its last in to"},
			"month": object{"type": "string", "pattern": `^\d{4}-\d{2}$`},
			"ratio": object{"type": "string", "pattern": `^\d+/\d+$`, "description": "a fraction from 0 to 1"},
			"band":  strict([]string{"from", "base"}, object{"from": money, "to": money, "base": money, "mark": ref("mark")}),
			"mark":  words(MarkHigh, MarkMedium, MarkLow),
			"level": strict([]string{"name", "amount", "years"}, object{"name": text, "amount": money, "years": count}),
			"due":   strict([]string{"day", "offset"}, object{"day": count, "offset": count}),
			"holiday": strict([]string{"name"}, object{"name": text, "day": ref("day"), "joint": object{"type": "boolean"},
				"every": object{"type": "string", "pattern": `^\d{2}-\d{2}$`}}),
			"relief": strict([]string{"segments", "programs", "factor"}, object{
				"segments": listOf(words("BPU", "PU")), "programs": programs, "factor": ref("ratio"), "sectors": listOf(words("transport", "other")),
				"industries": listOf(words(industries...)), "sizes": listOf(words(sizes...)), "min_workers": count,
				"exclude_funding": listOf(words("self", "csr", "apbd", "apbn", "apbdes")), "own_account_only": object{"type": "boolean"},
				"require_paid_up_to": ref("month"), "grace_member_months": count, "due": ref("due"), "penalty": ref("ratio"),
				"excess": words("carry_forward"), "deferred": object{"type": "boolean"}, "pay_from": ref("day"), "pay_until": ref("day")}),
			"rule": ruleSchema(text, money, count),
		},
	}
}

// ruleSchema wants of each key the one value field that it has.
func ruleSchema(text, money, count object) object {
	rule := strict([]string{"id", "key", "from", "article", "source", "mark"}, object{
		"id": text, "key": words(sortedKeys(shapes)...), "from": ref("edge"), "to": ref("edge"), "article": text, "source": text, "mark": ref("mark"),
		"note": text, "replaces": listOf(text), "amount": money, "ratio": ref("ratio"), "count": count, "words": listOf(text), "bands": listOf(ref("band")),
		"rates": object{"type": "object", "minProperties": 1, "additionalProperties": ref("ratio")}, "levels": listOf(ref("level")), "due": ref("due"),
		"relief": ref("relief"), "days": listOf(ref("holiday"))})
	byShape := map[shape][]string{}
	for _, key := range sortedKeys(shapes) {
		byShape[shapes[key]] = append(byShape[shapes[key]], key)
	}
	var each []object
	for _, s := range sortedKeys(byShape) {
		each = append(each, object{"if": object{"properties": object{"key": words(byShape[s]...)}}, "then": object{"required": []string{string(s)}}})
	}
	rule["allOf"] = each
	return rule
}
