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
# But for the totals in the second line, as the PSS depends on who else has the same pages,
# and for the last line, which has the time.
once >/dev/null
sed '2d;$d' "$work/out" >"$work/first"
once --width=80 >/dev/null
sed '2d;$d' "$work/out" >"$work/second"
check 'the same process gives the same picture' cmp "$work/first" "$work/second"
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
		"page_size", "limits", "usage_source", "totals", "mappings"] - keys == []'
check 'JSON: all keys of limits' json '
	["max_map_count", "stack", "as", "data"] - (.limits | keys) == []'
check 'JSON: all keys of totals' json '
	["mappings", "gaps", "size", "rss", "pss", "swap", "by_kind"] - (.totals | keys) == []'
check 'JSON: all keys of every mapping' json '
	all(.mappings[]; ["start", "end", "size", "perms", "offset", "dev", "inode", "name", "deleted",
		"kind", "kind_source", "owner", "tid", "rss", "swap", "pss", "uss", "private_dirty",
		"shared_dirty", "referenced", "anonymous", "huge", "locked", "flags"] - keys == [])'
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
	all(.[]; $by[.[0].kind] == {mappings: length, size: (map(.size) | add),
		rss: (map(.rss) | add), pss: (map(.pss) | add), swap: (map(.swap) | add),
		hugetlb: (map(.hugetlb) | add)}) and
	([$by[].mappings] | add) == ($all.mappings | length)'
check 'JSON: kinds, sources and owners are the known ones' json '
	all(.mappings[];
		([.kind] | inside(["text", "rodata", "relro", "data", "bss", "heap", "arena", "stack",
			"thread-stack", "guard", "reserve", "anon", "jit", "file", "shared", "device", "vdso",
			"vvar", "vsyscall"])) and
		([.kind_source] | inside(["elf", "name", "thread", "content", "shape", "file-system",
			"permissions"])) and
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
kill_target

# What it costs in memory, in bytes, as smaps says: one object per mapping. A code of VmFlags that
# a newer kernel has and vastop does not know is left out.
known_flags=' rd wr ex sh mr mw me ms gd pf lo io sr rr dc de ac nr ht sf ar wf dd sd mm hg nh mg '
known_flags="$known_flags bt mt um uw ui ss sl lf dp gu "
smaps_usage()
{
	awk -v known="$known_flags" '
		function finish() {
			if (start == "")
				return
			printf "{\"start\":\"0x%s\",\"rss\":%.0f,\"swap\":%.0f,\"pss\":%.0f,", start,
				of["Rss"], of["Swap"], of["Pss"]
			printf "\"uss\":%.0f,\"private_dirty\":%.0f,\"shared_dirty\":%.0f,",
				of["Private_Clean"] + of["Private_Dirty"], of["Private_Dirty"],
				of["Shared_Dirty"]
			printf "\"anonymous\":%.0f,\"huge\":%.0f,\"locked\":%.0f,", of["Anonymous"],
				of["AnonHugePages"] + of["ShmemPmdMapped"] + of["FilePmdMapped"],
				of["Locked"]
			printf "\"inode\":%s,\"flags\":[%s]}\n", inode, flags
		}
		/^[0-9a-f]+-[0-9a-f]+ / {
			finish()
			start = $1
			sub(/-.*/, "", start)
			sub(/^0+/, "", start)
			inode = $5
			flags = ""
			split("", of)
			next
		}
		$1 == "VmFlags:" {
			for (i = 2; i <= NF; i++)
				if (index(known, " " $i " "))
					flags = flags (flags == "" ? "" : ",") "\"" $i "\""
			next
		}
		{ key = $1; sub(/:$/, "", key); of[key] = $2 * 1024 }
		END { finish() }
	' "/proc/$target_pid/smaps"
}

# The members that depend on nothing but the stopped process; a mapping a line.
own_members='{start, rss, swap, anonymous, huge, locked, flags: (.flags | sort)}'
# Pages of files are shared with whatever runs beside: these are its own for other memory only.
shared_members='select(.inode == 0 and .anonymous == .rss) |
	{start, pss, uss, private_dirty, shared_dirty}'

kernel_usage()
{
	jq -c "$1" "$work/smaps"
}

shown_usage()
{
	jq -c ".mappings[] | $1" "$work/out"
}

rollup()
{
	awk -v key="$1:" '$1 == key { print $2 * 1024 }' "/proc/$target_pid/smaps_rollup"
}

# usage_as_in_smaps NAME SOURCE [OPTION...]
usage_as_in_smaps()
{
	usage_name=$1
	usage_source=$2
	shift 2
	check "$usage_name: it succeeds" once --format=json "$@"
	check "$usage_name: where rss is from" json --arg source "$usage_source" \
		'.usage_source == $source'
	for members in "$own_members" "$shared_members"; do
		kernel_usage "$members" >"$work/kernel"
		shown_usage "$members" >"$work/shown"
		check "$usage_name: mapping for mapping as in smaps" diff "$work/kernel" "$work/shown"
	done
	check "$usage_name: totals as in smaps_rollup" json --argjson rss "$(rollup Rss)" \
		--argjson swap "$(rollup Swap)" '.totals.rss == $rss and .totals.swap == $swap'
	check "$usage_name: the mappings add up to the totals" json '
		.totals.rss == (.mappings | map(.rss) | add) and
		.totals.swap == (.mappings | map(.swap) | add) and
		.totals.pss == (.mappings | map(.pss) | add)'
	check "$usage_name: what is unique is proportional, what is proportional is resident" json '
		all(.mappings[]; .uss <= .pss and .pss <= .rss and .rss <= .size)'
	# How many share the pages of libraries changes from one moment to the next.
	check "$usage_name: about the proportional share of smaps_rollup" json \
		--argjson pss "$(rollup Pss)" '.totals.pss > $pss / 2 and .totals.pss < $pss * 2'
}

target usage
stop_target
if ! [ -r "/proc/$target_pid/smaps_rollup" ]; then
	skip 'usage' 'this kernel has no smaps_rollup'
else
	smaps_usage >"$work/smaps"
	check 'the target has memory of all sorts' jq -s -e '
		any(.[]; .rss > 0 and .rss < 8 * 1024 * 1024 and .anonymous == .rss) and
		any(.[]; .flags | index("dd")) and any(.[]; .flags | index("nh"))' "$work/smaps"
	usage_as_in_smaps 'usage' 'smaps'
	kernel_usage '{start, rss, swap}' >"$work/kernel"
	check 'no smaps, no pagemap-scan: it succeeds' once --format=json --no-smaps \
		--avoid=pagemap-scan
	check 'no smaps, no pagemap-scan: where rss is from' json '.usage_source == "pagemap"'
	shown_usage '{start, rss, swap}' >"$work/shown"
	check 'no smaps, no pagemap-scan: rss and swap as in smaps' diff "$work/kernel" "$work/shown"
	check 'no smaps: it succeeds' once --format=json --no-smaps
	check 'no smaps: what only smaps tells is null' json '
		all(.mappings[]; [.pss, .uss, .private_dirty, .shared_dirty, .referenced, .anonymous, .huge,
			.locked, .flags] | all(. == null)) and
		.totals.pss == null and all(.totals.by_kind[]; .pss == null)'
	check 'no smaps: where rss is from' json '.usage_source | test("^pagemap")'
	shown_usage '{start, rss, swap}' >"$work/shown"
	check 'no smaps: rss and swap as in smaps' diff "$work/kernel" "$work/shown"
	check 'no smaps: a picture, too' once --no-smaps
fi

# A process whose mappings may not be read: its totals, and why.

# denied COMMAND...: exit status 4, one line on stderr; what it says in the files out and err.
denied()
{
	timeout "$patience" "$@" </dev/null >"$work/out" 2>"$work/err" 9>&-
	status=$?
	if [ "$status" -ne 4 ] || [ "$(wc -l <"$work/err")" -ne 1 ]; then
		echo "exit status $status"
		cat "$work/err"
		return 1
	fi
}

err_has()
{
	grep -qE -- "$1" "$work/err" || {
		cat "$work/err"
		return 1
	}
}

# denied_totals NAME PID PATTERN COMMAND...: PATTERN is what stderr says.
denied_totals()
{
	name=$1
	pid=$2
	pattern=$3
	shift 3
	check "$name: status 4 and one sentence" denied "$@" --once "$pid"
	check "$name: the sentence says what would help" err_has "$pattern"
	for action in --locate=0 --events; do
		check "$name: $action has status 4 and one sentence" denied "$@" "$action" "$pid"
		check "$name: $action says what would help" err_has "$pattern"
	done
	check "$name: once more" denied "$@" --once "$pid"
	check "$name: its name" out_has "^name +$(cat "/proc/$pid/comm")\$"
	for row in user state threads size 'size peak' rss 'rss peak' shared swap; do
		check "$name: $row" out_has "^$row +[^ ]"
	done
	check "$name, JSON: status 4 and one sentence" denied "$@" --once --format=json "$pid"
	check "$name, JSON: totals and no mappings" json --argjson pid "$pid" \
		--argjson page "$(getconf PAGESIZE)" \
		--argjson size "$(cut -d' ' -f1 "/proc/$pid/statm")" '
		.pid == $pid and .mappings == null and .usage_source == "none" and
		.totals.size == $size * $page and .totals.rss > 0 and .totals.rss <= .totals.size and
		.totals.swap != null and
		([.totals | .mappings, .gaps, .pss, .by_kind] | all(. == null))'
}

# The user nobody.
nobody=65534

as_nobody()
{
	setpriv --reuid="$nobody" --regid="$nobody" --clear-groups "$@"
}

# As target() does, the target usage of the user nobody, which others of that user may not look into.
closed_target_of_nobody()
{
	if ! start_program setpriv --reuid="$nobody" --regid="$nobody" --clear-groups \
		"$top_builddir/tests/targets/usage" closed; then
		echo 'Bail out! tests/targets/usage did not get ready'
		exit 1
	fi
}

if [ "$(id -u)" -ne 0 ]; then
	target usage closed
	stop_target
	denied_totals 'a process that forbids it' "$target_pid" 'dumpable' "$vastop"
elif ! as_nobody test -x "$vastop" 2>/dev/null; then
	skip "another user's process" 'an unprivileged user cannot reach the program'
else
	denied_totals "root's process" "$target_pid" 'run vastop as root' setpriv \
		--reuid="$nobody" --regid="$nobody" --clear-groups "$vastop"
	closed_target_of_nobody
	stop_target
	denied_totals 'a process that forbids it' "$target_pid" 'dumpable' setpriv \
		--reuid="$nobody" --regid="$nobody" --clear-groups "$vastop"
fi
tap_end
