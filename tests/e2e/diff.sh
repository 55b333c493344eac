#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What is different in two address spaces: --diff of processes, recordings and snapshots in JSON.
#
# shellcheck disable=SC2016 # what looks like the shell's variables is jq's

set -u
. "${top_srcdir:?}/tests/e2e/lib.sh"
need jq

# compare ARGUMENT...: what --diff writes, with its status in status.
compare()
{
	timeout "$patience" "$vastop" --diff "$@" >"$work/out" 2>"$work/err" 9>&- </dev/null
	status=$?
}

# refused NAME STATUS PATTERN ARGUMENT...: one sentence.
refused()
{
	name=$1
	expected=$2
	pattern=$3
	shift 3
	compare "$@"
	if [ "$status" -eq "$expected" ] && grep -q -- "$pattern" "$work/err" &&
		[ "$(wc -l <"$work/err")" -eq 1 ] && [ ! -s "$work/out" ]; then
		pass "$name"
	else
		fail "$name" "status $status
$(cat "$work/err")"
	fi
}

target plain
first=$target_pid
cd "$work" || exit 1
compare "$first" "$first"
check 'a process is compared with itself' [ "$status" -eq 0 ]
check '... and nothing is different' grep -q 'mappings are the same in both' out
refused 'two are compared' 2 'compares two' "$first"
refused '... not three' 2 'compares two' "$first" "$first" "$first"
refused 'a process that is not there' 3 '' "$first" 2147483647
refused 'a format that is none of it' 2 'writes --format=json' --format=csv "$first" "$first"
refused 'a file that is missing' 1 'no such file' "$first" ./missing
refused 'a directory' 1 'is a directory' "$first" /tmp
refused 'a device' 1 'not a regular file' "$first" /dev/null
echo text >text
refused 'a file of another sort' 1 'not a recording' text "$first"

# Two runs of one program: addresses are others, and nothing else is.
target plain
second=$target_pid
compare --no-smaps --format=json "$first" "$second"
check 'two runs of a program are aligned' jq -e '
	.totals.mappings.delta == 0 and ([.mappings[].differences[]] | unique - ["rss"] == [])' out

"$vastop" --once --format=json "$second" >second.json 2>err
if jq -e .pid second.json >/dev/null; then
	compare --format=json second.json "$second"
	if grep -q 'jansson is missing' err; then
		skip 'a snapshot is compared' 'the library jansson is missing'
	else
		check 'a snapshot is compared' jq -e '
			.unchanged == .totals.mappings.a and (.mappings | length) == 0 and
			.a.source == "second.json" and .a.pid == .b.pid' out
		head -c 3000 second.json >cut.json
		refused 'one that is cut is damaged' 1 'not one JSON snapshot' cut.json "$second"
		sed 's,snapshot/1,snapshot/2,' second.json >newer.json
		refused 'one of a later vastop is told' 1 'later vastop' newer.json "$second"
	fi
else
	fail 'a snapshot is compared' 'there is none'
fi

if "$vastop" --once --record=before "$first" >x 2>err; then
	compare --format=json before "$second"
	check 'a recording is compared' jq -e '.a.source == "before" and .unchanged > 10' out
	compare before@+0s second.json
	check '... at a time' grep -q '^a  before@+0s  PID' out
	refused 'a time that is none' 2 'not a time' before@noon "$second"
	head -c 20000 before >torn
	refused 'a torn recording' 1 'damaged' torn "$second"
else
	skip 'a recording is compared' "$(head -n 1 err)"
fi
jq '(.mappings[] | select(.kind == "stack")).perms = "rwxp" |
	del(.mappings[] | select(.kind == "vdso"))' second.json >edited.json
compare --format=json edited.json second.json
check 'what appeared is found, and what is protected' jq -e '
	[.mappings[] | [.b.kind, .differences[0], .a.perms, .b.perms]] | sort ==
	[["stack", "protected", "rwxp", "rw-p"], ["vdso", "appeared", null, "r-xp"]]' out
tap_end
