#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# vastop --once: the diagram as text, and the snapshot as JSON, which agrees with the kernel's maps.
#
# shellcheck disable=SC2016 # what looks like the shell's variables are jq's

set -u
. "${top_srcdir:?}/tests/e2e/lib.sh"

escape=$(printf '\033')

# once ARGUMENT...: its output in the file out; passes or fails as the program does.
once()
{
	timeout "$patience" "$vastop" --once "$@" "$target_pid" </dev/null >"$work/out"
}

has_escapes()
{
	grep -q "$escape" "$work/out"
}

out_has()
{
	grep -qE -- "$1" "$work/out" || {
		cat "$work/out"
		return 1
	}
}

# Whether the text in out has at most that many columns and lines.
fits()
{
	widest=$(wc -L <"$work/out")
	height=$(wc -l <"$work/out")
	echo "$widest columns, $height lines"
	[ -s "$work/out" ] && [ "$widest" -le "$1" ] && [ "$height" -le "$2" ]
}

# Runs a command in a terminal of no particular kind, its output in the file out.
in_terminal()
{
	timeout "$patience" env TERM=xterm-256color script -q -e -c "$1" /dev/null \
		</dev/null >"$work/out" 2>&1
}

printf 'data\n' >"$work/data file"
target plain "$work/data file"
stop_target

check 'it succeeds' once
check 'it shows the heap' out_has '\[heap\]'
check 'it shows the stack' out_has '\[stack\]'
check 'it names the process' out_has "$target_pid.*plain"
check 'a pipe gets no escape sequences' sh -c "! grep -q '$escape' '$work/out'"
check 'it fits 80 columns and 40 lines' fits 80 40
for size in '100 30' '40 12' '200 100'; do
	columns=${size% *}
	lines=${size#* }
	check "it succeeds at ${columns}x$lines" once --width="$columns" --height="$lines"
	check "it fits ${columns}x$lines" fits "$columns" "$lines"
done
once >/dev/null
cp "$work/out" "$work/first"
once --width=80 >/dev/null
check 'the same process gives the same picture' cmp "$work/first" "$work/out"
once --color=always
check '--color=always colours' has_escapes
if command -v script >/dev/null; then
	in_terminal "'$vastop' --once $target_pid"
	check 'a terminal gets colours' has_escapes
	in_terminal "NO_COLOR=1 '$vastop' --once $target_pid"
	check 'a terminal with NO_COLOR gets the picture' out_has '\[heap\]'
	# What NO_COLOR forbids is colour: SGR parameters 30 to 49 and 90 to 107.
	check 'and no colours' sh -c "
		! grep -qE '$escape\\[([0-9;:]*[;:])?([34][0-9]|9[0-7]|10[0-7])([;:][0-9;:]*)?m' '$work/out'"
else
	skip 'a terminal gets colours unless NO_COLOR is set' 'script not found'
fi

if ! command -v jq >/dev/null; then
	skip 'JSON' 'jq not found'
	tap_end
	exit 0
fi

json()
{
	jq -e "$@" "$work/out"
}

# One mapping per line: start end perms offset dev inode name; addresses without leading zeroes.
kernel_mappings()
{
	while IFS=' ' read -r range perms offset dev inode name; do
		printf '%s\t%s\t%s\t%d\t%s\t%s\t%s\n' "0x${range%-*}" "0x${range#*-}" "$perms" \
			"0x$offset" "$dev" "$inode" "$name"
	done <"/proc/$target_pid/maps" | sed 's/0x0*\([0-9a-f]\)/0x\1/g'
}

shown_mappings()
{
	json -r '.mappings[] | [.start, .end, .perms, (.offset | tostring), .dev,
		(.inode | tostring), .name + (if .deleted then " (deleted)" else "" end)] |
		join("\t")' | sed 's/0x0*\([0-9a-f]\)/0x\1/g'
}

check 'JSON: it succeeds' once --format=json
check 'JSON: one object' json -s 'length == 1 and (.[0] | type == "object")'
check 'JSON: no escape sequences' sh -c "! grep -q '$escape' '$work/out'"
check 'JSON: all keys' json '
	["schema", "pid", "comm", "exe", "cmdline", "uid", "state", "threads", "start_ticks", "time",
		"page_size", "limits", "totals", "mappings"] - keys == []'
check 'JSON: all keys of limits' json '
	["max_map_count", "stack", "as", "data"] - (.limits | keys) == []'
check 'JSON: all keys of totals' json '
	["mappings", "gaps", "size", "by_kind"] - (.totals | keys) == []'
check 'JSON: all keys of every mapping' json '
	all(.mappings[]; ["start", "end", "size", "perms", "offset", "dev", "inode", "name", "deleted",
		"kind", "kind_source", "owner", "tid"] - keys == [])'
check 'JSON: who it is' json --argjson pid "$target_pid" --argjson uid "$(id -u)" \
	--arg exe "$(readlink "/proc/$target_pid/exe")" --arg file "$work/data file" '
	.schema == "vastop.snapshot/1" and .pid == $pid and .comm == "plain" and .exe == $exe and
	.cmdline[1] == $file and (.cmdline | length) == 2 and .uid == $uid and .state == "T" and
	.threads == 2'
check 'JSON: start time' json --argjson ticks \
	"$(sed 's/.*) //' "/proc/$target_pid/stat" | cut -d' ' -f20)" '.start_ticks == $ticks'
check 'JSON: time as RFC 3339 in UTC' json '
	.time | test("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?Z$")'
check 'JSON: page size and limits' json --argjson page "$(getconf PAGESIZE)" \
	--argjson count "$(cat /proc/sys/vm/max_map_count)" '
	.page_size == $page and .limits.max_map_count == $count'
kernel_mappings >"$work/kernel"
shown_mappings >"$work/shown"
check 'JSON: mapping for mapping as in maps' diff "$work/kernel" "$work/shown"
check 'JSON: the sizes add up' json '
	.totals.mappings == (.mappings | length) and
	.totals.size == (.mappings | map(.size) | add) and
	.totals.gaps == ([.mappings[:-1], .mappings[1:]] | transpose |
		map(select(.[0].end != .[1].start)) | length)'
check 'JSON: the kinds add up' json '
	. as $all | .totals.by_kind as $by | (.mappings | group_by(.kind)) |
	all(.[]; $by[.[0].kind] == {mappings: length, size: (map(.size) | add)}) and
	([$by[].mappings] | add) == ($all.mappings | length)'
check 'JSON: kinds, sources and owners are the known ones' json '
	all(.mappings[];
		([.kind] | inside(["text", "rodata", "relro", "data", "bss", "heap", "arena", "stack",
			"thread-stack", "guard", "reserve", "anon", "jit", "file", "shared", "device", "vdso",
			"vvar", "vsyscall"])) and
		([.kind_source] | inside(["elf", "name", "thread", "shape", "permissions"])) and
		([.owner] | inside(["program", "loader", "library", "other"])))'

# kind NAME CONDITION KIND: some mapping meets the condition, and all that do are of that kind.
kind()
{
	check "JSON: kind of $1" json --arg kind "$3" --arg file "$work/data file" --arg exe \
		"$(readlink "/proc/$target_pid/exe")" '
		[.mappings[] | select('"$2"') | .kind] | unique == [$kind]'
}

kind 'the heap' '.name == "[heap]"' heap
kind 'the main stack' '.name == "[stack]"' stack
kind 'the vdso' '.name == "[vdso]"' vdso
kind 'the program'\''s code' '.name == $exe and .perms == "r-xp"' text
kind 'a mapped file' '.name == $file' file
kind 'a memfd' '.name | test("^/memfd:")' shared
kind 'SysV shared memory' '.name | test("^/SYSV")' shared
kind 'shared anonymous memory' '.name == "/dev/zero"' shared
kind 'memory to write and execute' '.perms == "rwxp"' jit
check 'JSON: the other thread has its stack' json '
	[.mappings[] | select(.kind == "thread-stack")] | length == 1'
check 'JSON: the malloc arena is there' json '[.mappings[] | select(.kind == "arena")] | length == 1'
check 'JSON: guards are there' json '[.mappings[] | select(.kind == "guard")] | length >= 2'
check 'JSON: a reservation is there' json '[.mappings[] | select(.kind == "reserve")] | length >= 1'
tap_end
