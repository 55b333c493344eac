# SPDX-License-Identifier: GPL-2.0-or-later
#
# The tables that bench_peers' results make, in Markdown and also readable as they are:
#
#     jq -r -f tests/bench/peers.jq build/bench-peers.json

# Two or three digits; a value that is not known is –.
def decimals($digits): . * pow(10; $digits) | round | tostring
	| if length <= $digits then "0" * ($digits + 1 - length) + . else . end
	| if $digits == 0 then . else .[:-$digits] + "." + .[-$digits:] end;
def digits: if . < 1 then 2 elif . < 20 then 1 else 0 end;
def number: if . == null then "–" else . as $value | decimals($value | digits) end;

# A spread: the median, and half of the distance between the quartiles in as many digits.
def spread: if . == null then "–" else
		(.median | digits) as $digits
		| (.median | decimals($digits)) + " ±" + ((.high - .low) / 2 | decimals($digits))
	end;

# The same of ratios.
def ratio: "\(.median | decimals(2)) ±\((.high - .low) / 2 | decimals(2))";

def megabytes: if . == null then "–" else .median / 1e6 | number end;

# Rows of cells as a table; the first row is the heading, and all but the first column are numbers.
def table:
	def padded($width; $right): (" " * ($width - length)) as $blank
		| if $right then $blank + . else . + $blank end;
	([transpose[] | map(length) | max]) as $widths
	| to_entries[]
	| (.value | to_entries | map(.key as $column | .value | padded($widths[$column]; $column > 0))),
		(if .key == 0 then $widths | to_entries
			| map("-" * (.value - 1) + (if .key > 0 then ":" else "-" end)) else empty end)
	| "| " + join(" | ") + " |";

def names(f): reduce (.[] | f) as $name ([]; if index([$name]) then . else . + [$name] end);

def once:
	. as $all | names(.target) as $targets
	| def row($name; f): [$name] + [$targets[] as $target
		| first(($all[] | select(.target == $target) | f), "–")];
	[["wall ms (CPU ms)"] + $targets]
	+ [names(.program)[] as $program | row("`\($program)`";
		select(.program == $program) | "\(.wall_ms | spread) (\(.cpu_ms.median | number))")]
	+ [[.[] | select(.against) | {program, against}] | names(.)[] as $pair
		| row("`\($pair.program)` : `\($pair.against)`";
			select(.program == $pair.program and .against == $pair.against)
			| .ratio | ratio)]
	| table;

def live:
	[["", "process", "first picture, ms", "what is in memory, ms", "% of a core", "RSS, MB", "PSS, MB"]]
	+ [.[] | ["`\(.program)`", .target, (.picture_ms | spread), (.known_ms | spread),
		(.cpu_percent | spread), (.rss_bytes | megabytes), (.pss_bytes | megabytes)]]
	| table;

(.once | once),
"",
(.live | live),
"",
"Measured on \(.date), on \(.machine.cpus) × \(.machine.cpu // "CPU"), Linux \(.machine.kernel | split("-")[0]), at a load of \(.machine.load | number), with "
	+ (.versions | to_entries | map(.value | sub(" (from|version:?) "; " ") | sub(","; "")) | join(", "))
	+ ". ± is half of the distance between the quartiles."
	+ (if .missing == [] then "" else " Not installed: " + (.missing | join(", ")) + "." end)
