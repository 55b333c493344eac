#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# JSON output is what the files of doc/schema say; and those name what the program names.
#
# shellcheck disable=SC2016 # what looks like the shell's variables are jq's

set -u
. "${top_srcdir:?}/tests/e2e/lib.sh"
need jq

# valid NAME SCHEMA FILE
valid()
{
	none "$1" "$(schema_faults "$2" "$3")"
}

# once NAME ARGUMENT...: what --once writes is a snapshot.
once()
{
	name=$1
	shift
	timeout "$patience" "$vastop" --once --format=json "$@" >"$work/out" 2>"$work/err" 9>&-
	valid "$name" snapshot "$work/out"
}

# refused NAME SCHEMA FILE EDIT: what jq makes of the documents in the file is not valid.
refused()
{
	jq -c . "$3" >"$work/unedited"
	jq -c "$4" "$3" >"$work/edited"
	if [ ! -s "$work/edited" ] || cmp -s "$work/unedited" "$work/edited"; then
		fail "$1 is refused" 'nothing was edited'
	elif [ -n "$(schema_faults "$2" "$work/edited")" ]; then
		pass "$1 is refused"
	else
		fail "$1 is refused" 'it is taken for a valid one'
	fi
}

# lists NAME SCHEMA PATH WORDS: the schema's list at that path is those words, in any order.
lists()
{
	jq -r "$3"' | map(. // "null")[]' "$top_srcdir/doc/schema/vastop.$2-1.schema.json" |
		sort >"$work/listed"
	printf '%s\n' "$4" | sort >"$work/named"
	check "$1" diff -u "$work/named" "$work/listed"
}

# The strings that a table of constants gives names to: words SOURCE PREFIX
words()
{
	grep -o "\[$2_[A-Z_]*\] = \"[^\"]*\"" "$top_srcdir/src/$1.c" | sed 's/.*"\(.*\)"/\1/'
}

target stacks "$work/threads" usual unguarded mapped mapped heap bss fiber signal signal-heap
once 'of a process with many stacks' "$target_pid"
cp "$work/out" "$work/good"
check '... which has all fields that only a few have' jq -e '
	[.mappings[] | (.stacks, .parts) | select(.)] | flatten |
	any(has("address")) and any(has("kind")) and any(.alternate == true)' "$work/good"
once 'of what a filter keeps' --filter='kind:heap' "$target_pid"
once 'without smaps' --no-smaps "$target_pid"
once 'without pagemap' --no-smaps --avoid=pagemap-scan,pagemap "$target_pid"
for fixture in java/29811 static/29278 python-threads/29562 sleep/29203 narrow-32bit/29394 \
	leader-exited/29470 strange-names/100; do
	once "of the fixture $fixture" --procfs="$top_srcdir/tests/fixtures/${fixture%/*}" "${fixture#*/}"
done
mkdir -p "$work/recorded/4711"
cp "$top_srcdir/tests/fixtures/sleep/29203/maps" "$work/recorded/4711"
once 'of a recorded tree with nothing but maps' --procfs="$work/recorded" 4711
check '... of which little is known' jq -e '[.comm, .state, .threads, .start_ticks] == [null, null, null, null]' \
	"$work/out"
rm "$work/recorded/4711/maps"
cp "$top_srcdir/tests/fixtures/sleep/29203/status" "$work/recorded/4711"
once 'of a recorded tree with nothing but status' --procfs="$work/recorded" 4711
for golden in json_python json_totals; do
	valid "of the expected text $golden" snapshot "$top_srcdir/tests/golden/$golden.txt"
done

timeout "$patience" "$vastop" --check --format=json "$target_pid" >"$work/check" 2>"$work/err" 9>&-
valid 'of what is found about a process' check "$work/check"
timeout "$patience" "$vastop" --check --format=json --procfs="$top_srcdir/tests/fixtures/java" 29811 \
	>"$work/check" 2>"$work/err" 9>&-
valid '... and about a recorded one' check "$work/check"
refused 'a check without a state' check "$work/check" 'del(.checks[0].state)'
refused 'a check that is none' check "$work/check" '.checks[0].name = "fine"'
valid 'of the expected text check_json' check "$top_srcdir/tests/golden/check_json.txt"

name='of a process whose mappings may not be read'
if [ "$(id -u)" -ne 0 ]; then
	timeout "$patience" "$vastop" --once --format=json 1 >"$work/out" 2>"$work/err" 9>&-
elif setpriv --reuid=65534 --regid=65534 --clear-groups test -x "$vastop" 2>/dev/null; then
	timeout "$patience" setpriv --reuid=65534 --regid=65534 --clear-groups \
		"$vastop" --once --format=json "$target_pid" >"$work/out" 2>"$work/err" 9>&-
else
	: >"$work/out"
fi
if [ "$(jq '.mappings == null' "$work/out")" = true ]; then
	valid "$name" snapshot "$work/out"
else
	skip "$name" 'no process is out of reach, or vastop is'
fi

# What the dynamic loader maps is among them: the command waits until it is there.
mkfifo "$work/gate"
"$vastop" --events --format=json --delay=0.01 --output="$work/said" -- \
	sh -c 'read -r line <"$1"; exec true' sh "$work/gate" \
	</dev/null >"$work/events" 2>"$work/err" 9>&- &
events_pid=$!
children="$children $events_pid"
wait_until grep -q '"mapped"' "$work/events"
timeout "$patience" sh -c 'echo >"$1"' sh "$work/gate"
wait_for "$events_pid"
valid 'of the events of a command' event "$work/events"

# inside NAME PLACE: what --inside writes of the target is as its schema says.
inside()
{
	timeout "$patience" "$vastop" --inside="$2" --format=json "$target_pid" >"$work/inside" \
		2>"$work/err" 9>&-
	valid "$1" inside "$work/inside"
}

target known "$work/addresses"
inside 'of the inside of a program' counter
check '... which has sections, symbols and their states' jq -e '
	(.parts | map(.kind) | index("section") != null and index("symbol") != null) and
	any(.parts[]; .name == "counter" and .size == 8 and .type == "variable")' "$work/inside"
check '... whose sizes are those of their ranges' jq -e '
	all(.parts[]; .size > 0)' "$work/inside"
refused 'a part without a state' inside "$work/inside" 'del(.parts[0].state)'
refused 'a state that is none' inside "$work/inside" '.parts[0].state = "gone"'
inside 'of the inside of the heap' heap
check '... which is pages' jq -e 'all(.parts[]; .kind == "pages")' "$work/inside"
refused 'an arena without a size' inside "$work/inside" 'del(.heap.arenas[0].system)'
inside 'of the inside of the kernel'"'"'s data' vvar
valid 'of the expected text json_inside' inside "$top_srcdir/tests/golden/json_inside.txt"

valid 'of the expected text json_growth' growth "$top_srcdir/tests/golden/json_growth.txt"
valid '... where little is known' growth "$top_srcdir/tests/golden/json_growth_unknown.txt"
refused 'a site that rests on nothing' growth "$top_srcdir/tests/golden/json_growth.txt" \
	'.sites[0].by = "guess"'
refused 'a kind of pages that is none' growth "$top_srcdir/tests/golden/json_growth.txt" \
	'.sites[0].kinds.gap = 1'

valid 'of the expected text json_diff' diff "$top_srcdir/tests/golden/json_diff.txt"
timeout "$patience" "$vastop" --diff --format=json "$work/good" "$target_pid" >"$work/diff" \
	2>"$work/err" 9>&-
valid 'of a comparison' diff "$work/diff"
refused 'a difference that is none' diff "$top_srcdir/tests/golden/json_diff.txt" \
	'.mappings[0].differences[0] = "gone"'
refused 'a sum without a side' diff "$work/diff" 'del(.totals.rss.a)'

# More mappings than the budget allows to list each time: what may be missed is told.
target many 20000
timeout "$patience" "$vastop" --events --format=json --budget=0.1 --delay=0.01 --samples=100 \
	"$target_pid" >"$work/missed" 2>"$work/err" 9>&-
check 'what may be missed is among the events' jq -e -n 'any(inputs; .change == "coverage")' \
	"$work/missed"
valid '... which are valid' event "$work/missed"

refused 'a field too many' snapshot "$work/good" '.more = 1'
refused 'a field too few' snapshot "$work/good" 'del(.mappings[0].rss)'
refused 'a word for a number' snapshot "$work/good" '.pid = "1"'
refused 'a fraction' snapshot "$work/good" '.threads = 1.5'
refused 'less than nothing' snapshot "$work/good" '.mappings[0].size = -1'
refused 'null where there always is something' snapshot "$work/good" '.mappings[0].name = null'
refused 'another version' snapshot "$work/good" '.schema = "vastop.snapshot/2"'
refused 'a kind that is none' snapshot "$work/good" '.mappings[0].kind = "gap"'
refused 'a total of such a kind' snapshot "$work/good" '.totals.by_kind.gap = .totals.by_kind.text'
refused 'an address without 0x' snapshot "$work/good" '.mappings[0].start |= ltrimstr("0x")'
refused 'a limit that is none' snapshot "$work/good" '.limits.as = "none"'
check 'no document is none that is valid' test -n "$(schema_faults snapshot /dev/null)"
refused 'a change that is none' event "$work/events" '.change = "grown"'
refused 'mapped, with a range before' event "$work/events" \
	'select(.change == "mapped") | .old_start = .start'
refused 'an exit that has a kind' event "$work/events" 'select(.change == "exit") | .kind = "text"'
jq '.maxLength = 3' "$top_srcdir/doc/schema/vastop.event-1.schema.json" >"$work/odd"
check 'a keyword that is not understood is told' sh -c '
	jq -n -r --slurpfile schema "$1" -f "$2" "$3" | grep -q "unknown keyword maxLength"' \
	sh "$work/odd" "$top_srcdir/tests/schema.jq" "$work/events"

kinds=$("$vastop" --list-kinds | awk '$1 != "gap" { print $1 }')
lists 'the checks' check '."$defs".check.properties.name.enum' \
	"$(sed -n 's/^		*{"\([a-z-]*\)".*/\1/p' "$top_srcdir/src/model/finding_table.c")"
lists 'the kinds of findings' check '."$defs".thing.properties.kind.enum' "null
$kinds"
for schema in snapshot event inside growth diff; do
	lists "the kinds of schema $schema" "$schema" '."$defs".kind.enum' "$kinds"
done
lists 'the sources of kinds' snapshot '."$defs".kind_source.enum' "$(words model/kind KIND_SOURCE)"
lists 'the owners' snapshot '."$defs".mapping.properties.owner.enum' "$(words model/kind OWNER)"
lists 'how sure a file is' snapshot '."$defs".mapping.properties.file_identity.enum' \
	"null
$(words model/file_identity FILE_IDENTITY)"
lists 'the differences' diff '."$defs".difference.enum' "$(words model/diff DIFF)"
lists 'the types of changes' event \
	'[."$defs"[].properties.change | select(.) | .enum // [.const]] | add' "coverage
$(words model/change CHANGE)"
tap_end
