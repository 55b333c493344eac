# SPDX-License-Identifier: GPL-2.0-or-later
#
# Where documents are not as a JSON Schema (draft 2020-12) says, a line each: none where all are.
#
#     jq -n -r --slurpfile schema FILE -f tests/schema.jq DOCUMENT...
#
# Knows the keywords that the schemas of doc/schema use, and says when there is another one.

def known:
	["$schema", "title", "description", "$defs", "$ref", "type", "const", "enum", "minimum",
		"pattern", "items", "properties", "required", "propertyNames",
		"additionalProperties", "anyOf", "oneOf"];

# All schemas that a schema is made of, itself the first.
def schemas:
	., ((.items, .propertyNames, .additionalProperties) | objects | schemas),
		((.anyOf, .oneOf) | arrays | .[] | schemas),
		((.properties, ."$defs") | objects | .[] | schemas);

# A number without a fraction is an integer, however it is written.
def is_of($name):
	if $name == "integer" then type == "number" and floor == . else type == $name end;

def brief:
	tojson | if length > 60 then .[:60] + "…" else . end;

# For each keyword of the schema, what of the value it does not allow.
def faults($where; $schema; $root):
	. as $value |
	def fault($words): "\($where): \($value | brief) \($words)";
	def named($keyword): $schema | select(has($keyword)) | .[$keyword];
	# The alternatives that fit.
	def fitting($list):
		[$list[] | . as $one | select([$value | faults($where; $one; $root)] == [])] | length;

	(named("$ref") | (ltrimstr("#/") / "/") as $path | ($root | getpath($path)) as $referred |
		if $referred then $value | faults($where; $referred; $root)
		else fault("has a $ref that leads nowhere") end),
	(named("type") | [.] | flatten | . as $types |
		if any($types[]; . as $name | $value | is_of($name)) then empty
		else fault("is not of type \($types | join(", "))") end),
	(named("const") | if . == $value then empty else fault("is not \(brief)") end),
	(named("enum") | if any(.[]; . == $value) then empty else fault("is none of \(brief)") end),
	(named("minimum") | if ($value | type) != "number" or $value >= . then empty
		else fault("is below \(.)") end),
	(named("pattern") | . as $pattern |
		if ($value | type) != "string" or ($value | test($pattern)) then empty
		else fault("does not match \($pattern)") end),
	(named("anyOf") | if fitting(.) > 0 then empty else fault("fits none of the alternatives") end),
	(named("oneOf") | fitting(.) as $count | if $count == 1 then empty
		else fault("fits \($count) of the alternatives") end),
	(if $value | type == "array" then
		named("items") | . as $items | range($value | length) as $i |
			$value[$i] | faults("\($where)[\($i)]"; $items; $root)
	elif $value | type == "object" then
		(named("required") | .[] | . as $key | select($value | has($key) | not) |
			fault("lacks \($key)")),
		(named("propertyNames") | . as $names | $value | keys_unsorted[] |
			faults("\($where), a key"; $names; $root)),
		($value | keys_unsorted[] | . as $key |
			(($schema.properties // {}) | .[$key]) // $schema.additionalProperties |
			if . == false then fault("has \($key), which is not in the schema")
			elif type == "object" then
				. as $property | $value[$key] | faults("\($where).\($key)"; $property; $root)
			else empty end)
	else empty end);

$schema[0] as $root |
	([$root | schemas | keys[]] | unique - known | .[] | "the schema: unknown keyword \(.)"),
	(reduce inputs as $document ({count: 0, faults: []};
		.count as $count | .count += 1 |
		.faults += [$document | faults("document \($count)"; $root; $root)]) |
		.faults[], (select(.count == 0) | "there is no document"))
