#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Core files: one that a program writes of itself, one of the kernel's, one of gdb's, each beside the
# process as it was while it lived; what is in them, compressed, cut short, and what they do not say.
#
# shellcheck disable=SC2016,SC3045 # what looks like the shell's variables is jq's; dash has ulimit -c

set -u
. "${top_srcdir:?}/tests/e2e/lib.sh"
need jq

core="$work/core"
known="$work/known"
target dumps "$core" "$known"
stop_target

# address NAME: where that thing is in the target.
address()
{
	sed -n "s/^$1 //p" "$known"
}

# snapshot FILE ARGUMENT...: writes the JSON of a process or core file there.
snapshot()
{
	out=$1
	shift
	timeout "$patience" "$vastop" --once --format=json "$@" </dev/null >"$out" 2>"$out.err" 9>&-
}

# What a core file knows of each mapping. Sharing is known of some only, and so are names.
mappings='[.mappings[] | {start, "end": .end, perms: .perms[0:3], offset, name, deleted, kind, owner, tid}]'

# as_it_lived NAME LIVE CORE: passes where both have the same mappings.
as_it_lived()
{
	jq "$mappings" "$2" >"$work/live.mappings" && jq "$mappings" "$3" >"$work/core.mappings" &&
		[ -s "$work/core.mappings" ] || echo none >"$work/core.mappings"
	check "$1" diff "$work/live.mappings" "$work/core.mappings"
}

# holds NAME FILTER FILE: the filter of jq is true of the file.
holds()
{
	check "$1" jq -e "$2" "$3"
}

snapshot "$work/live.json" "$target_pid"
if ! snapshot "$work/core.json" "$core"; then
	fail 'a core file is shown' "$(cat "$work/core.json.err")"
fi
as_it_lived 'the mappings are those that the process had' "$work/live.json" "$work/core.json"
none 'the JSON is as the schema says' "$(schema_faults snapshot "$work/core.json")"
holds 'it says whose memory it was' \
	".pid == $target_pid and .comm == \"dumps\" and .threads == 2 and .uid == $(id -u)" \
	"$work/core.json"
holds 'and what ended the process' \
	'.core == {signal: "SIGSEGV", code: 2, address: "0x'"$(address secret)"'",
	tid: .pid, sender: null, by_debugger: false}' "$work/core.json"
holds 'what it does not say is null' '
	([.limits[], .start_ticks, .state, .totals.rss, .totals.pss, .totals.swap] | all(. == null))
	and ([.mappings[] | .rss, .pss, .swap, .flags] | all(. == null))
	and ([.mappings[] | select(.name[0:1] == "/") | .dev, .inode] | all(. == null))' \
	"$work/core.json"
holds 'only anonymous memory is known to be private' '
	[.mappings[] | .perms[3:4] == if .name[0:1] != "/" then "p"
		elif .name == "/dev/zero" then "s" else "?" end] | all' "$work/core.json"

# of_both NAME ARGUMENT...: what the run writes of the process and of the core file is the same.
of_both()
{
	name=$1
	shift
	timeout "$patience" "$vastop" "$@" "$target_pid" </dev/null >"$work/of.live" 2>&1 9>&-
	timeout "$patience" "$vastop" "$@" "$core" </dev/null >"$work/of.core" 2>&1 9>&-
	if [ ! -s "$work/of.core" ]; then
		fail "$name" 'nothing was written'
	elif grep -q 'cannot read the memory' "$work/of.live"; then
		skip "$name" 'the memory of processes may not be read'
	else
		check "$name" diff "$work/of.live" "$work/of.core"
	fi
}

of_both 'bytes of the heap' --bytes="$(address secret)" --length=64
of_both 'bytes of shared memory, and pages that were never touched' --bytes="$(address shared)" \
	--length=4K
of_both 'bytes of a program by the name of its code' --bytes=main --length=32
check 'a search finds what is there' test "$(timeout "$patience" "$vastop" \
	--search='what the core file holds' "$core" 9>&- | grep -c "^$(address secret)\$")" = 1
timeout "$patience" "$vastop" --inside=heap "$core" >"$work/out" 2>&1 9>&-
if ldd "${top_builddir:?}/tests/targets/dumps" 2>/dev/null | grep -q libc.so.6; then
	check 'the heap is walked' grep -q '^arena .*(main)' "$work/out"
else
	skip 'the heap is walked' 'not the C library of GNU'
fi
timeout "$patience" "$vastop" --locate=main "$core" >"$work/out" 2>&1 9>&-
check 'symbols are those of the file' grep -q '^symbol   main, function' "$work/out"
timeout "$patience" "$vastop" --bytes="$(address buffer)" --length=16 "$core" >"$work/out" 2>&1 9>&-
check 'what the file does not hold is not zero' grep -q '??' "$work/out"

timeout "$patience" "$vastop" --diff --format=json "$target_pid" "$core" </dev/null >"$work/diff.json" \
	2>"$work/err" 9>&-
none 'a comparison is as the schema says' "$(schema_faults diff "$work/diff.json")"
holds 'the process and its core file are the same' \
	'[.mappings[] | select(.change != "unchanged")] == []' "$work/diff.json"

# says NAME STATUS WORDS ARGUMENT...: the run ends so, with these words; '' for none.
says()
{
	name=$1 wanted=$2 words=$3
	shift 3
	timeout "$patience" "$vastop" "$@" </dev/null >"$work/out" 2>"$work/err" 9>&-
	status=$?
	if [ "$status" -eq "$wanted" ] && { [ -z "$words" ] && [ ! -s "$work/err" ] ||
		{ [ "$words" ] && grep -q "$words" "$work/err"; }; }; then
		pass "$name"
	else
		fail "$name" "exit status $status: $(cat "$work/err")"
	fi
}

says 'nothing is recorded' 2 'nothing is recorded' --record="$work/recording" "$core"
says 'nothing grows' 2 'does not run any more' --growth=1 "$core"
says 'no metrics' 2 'metrics' --once --format=openmetrics "$core"
says 'nothing is played' 1 'without --replay' --once --replay="$core"
says 'one sample' 2 'one sample' --once --samples=2 "$core"
says 'a core file and a process' 2 'not both' --once "$core" "$target_pid"
for format in picture svg table csv; do
	says "as $format" 0 '' --once --format="$format" "$core"
done
timeout "$patience" "$vastop" --once "$core" >"$work/out" 2>&1 9>&-
check 'the picture says what ended it' grep -q 'killed by SIGSEGV in thread' "$work/out"

size=$(wc -c <"$core")
head -c $((size / 2)) "$core" >"$work/cut"
says 'one that is truncated is shown, and how much is missing' 0 'it is truncated' --once "$work/cut"
head -c 100 "$core" >"$work/cut"
says 'of one that ends in its headers there is nothing to show' 1 'before its memory begins' \
	--once "$work/cut"
{ head -c 4 "$core" && printf '\001' && tail -c +6 "$core"; } >"$work/other"
says 'one of another kind of machine' 1 'another kind of machine' --once "$work/other"
says 'a file that is none' 1 'not a recording' --once "$known"

# packed TOOL: what it compressed is shown as it was.
packed()
{
	if ! command -v "$1" >/dev/null; then
		skip "compressed with $1" "$1 not found"
		return
	fi
	"$1" -q -c "$core" >"$work/packed"
	touch -r "$core" "$work/packed"
	if ! TMPDIR="$work" snapshot "$work/packed.json" "$work/packed"; then
		if grep -q 'the library for' "$work/packed.json.err"; then
			skip "compressed with $1" "vastop was built without it"
		else
			fail "compressed with $1" "$(cat "$work/packed.json.err")"
		fi
		return
	fi
	check "compressed with $1" cmp "$work/core.json" "$work/packed.json"
	head -c $(($(wc -c <"$work/packed") / 2)) "$work/packed" >"$work/cut"
	says "compressed with $1, and truncated" 0 'the compressed file is truncated' --once "$work/cut"
}

packed gzip
packed zstd

kill -CONT "$target_pid"
if command -v gdb >/dev/null; then
	# The one that is stopped is not attached to; its own core file is what gdb reads.
	gdb -q -batch -ex 'info proc mappings' -c "$core" 2>/dev/null |
		awk '$1 ~ /^0x/ && $5 ~ /^\// { print $1, $2, $4 }' >"$work/gdb"
	jq -r '.mappings[] | select(.name[0:1] == "/") | "\(.start) \(.end) \(.offset)"' "$work/core.json" |
		while read -r start end offset; do
			printf '%s %s 0x%x\n' "$start" "$end" "$offset"
		done >"$work/ours"
	if [ -s "$work/gdb" ]; then
		check 'gdb reads the same mappings of files' diff "$work/gdb" "$work/ours"
	else
		skip 'gdb reads the same mappings of files' 'gdb shows none'
	fi
	timeout "$patience" "$vastop" --bytes="$(address secret)" --length=16 "$core" 9>&- |
		sed -n '1s/^[^ ]*  \([0-9a-f ]*\)  |.*/\1/p' | tr -s ' ' >"$work/ours"
	gdb -q -batch -ex "x/16xb 0x$(address secret)" -c "$core" 2>/dev/null |
		sed -n 's/^0x[0-9a-f]*:\(.*\)/\1/p' | tr -d '\n' | sed 's/0x//g' | tr '\t' ' ' |
		sed 's/^ //' >"$work/gdb"
	echo >>"$work/gdb"
	check 'and the same bytes' diff -b "$work/gdb" "$work/ours"
	rm -f "$work/gcore"
	if gdb -q -batch -p "$target_pid" -ex "generate-core-file $work/gcore" >"$work/out" 2>&1 \
		9>&- && [ -s "$work/gcore" ]; then
		snapshot "$work/gcore.json" "$work/gcore"
		holds 'a core file of gdb' ".pid == $target_pid and .core.by_debugger and
			([.mappings[].kind] | contains([\"text\", \"heap\", \"stack\", \"thread-stack\"]))" \
			"$work/gcore.json"
	else
		skip 'a core file of gdb' 'gdb cannot make one here'
	fi
else
	skip 'gdb reads the same mappings of files' 'gdb not found'
	skip 'and the same bytes' 'gdb not found'
	skip 'a core file of gdb' 'gdb not found'
fi
kill_target

# One of the kernel's, where it writes one into the folder of the process.
case $(cat /proc/sys/kernel/core_pattern) in
'' | '|'* | */* | @*) kernels= ;;
*) kernels=yes ;;
esac
mkdir "$work/dead"
start_dumping()
{
	cd "$work/dead" && ulimit -c unlimited 2>/dev/null && exec "${top_builddir:?}/tests/targets/dumps" \
		"$work/own" "$known"
}
if [ -n "$kernels" ] && (ulimit -c unlimited) 2>/dev/null && start_program start_dumping; then
	snapshot "$work/live.json" "$target_pid"
	# Not SIGQUIT, which a shell may have it ignore.
	kill -ABRT "$target_pid"
	wait "$target_pid" 2>/dev/null
	kernels=$(find "$work/dead" -type f | head -n 1)
fi
if [ -n "$kernels" ] && [ -s "$kernels" ]; then
	snapshot "$work/core.json" "$kernels"
	as_it_lived 'a core file of the kernel' "$work/live.json" "$work/core.json"
	holds 'says who sent the signal' \
		".core.signal == \"SIGABRT\" and .core.sender == $$ and (.core.by_debugger | not)" \
		"$work/core.json"
else
	skip 'a core file of the kernel' 'the kernel writes none there'
	skip 'says who sent the signal' 'the kernel writes none there'
fi
tap_end
