#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What was watched can be shown again: recordings, and what they say when something is wrong.
# VASTOP_KILLS is how often a recorder is killed at a random moment.

set -u
. "${top_srcdir:?}/tests/e2e/lib.sh"
need tmux jq

kills=${VASTOP_KILLS:-8}

replay()
{
	"$vastop" --once --format=json --replay="$1"
}

# fails NAME STATUS PATTERN COMMAND...: it ends with the status and one sentence.
fails()
{
	name=$1
	expected=$2
	pattern=$3
	shift 3
	"$@" >"$work/out" 2>"$work/err" </dev/null
	status=$?
	if [ "$status" -eq "$expected" ] && grep -q -- "$pattern" "$work/err" &&
		[ "$(wc -l <"$work/err")" -eq 1 ]; then
		pass "$name"
	else
		fail "$name" "status $status
$(cat "$work/err")"
	fi
}

# Whether there are more samples than one in what is being recorded.
has_more_samples()
{
	"$vastop" --once --format=json --replay=watch@+0s >first.json 2>/dev/null &&
		replay watch >last.json 2>/dev/null && ! cmp -s first.json last.json
}

target plain
cd "$work" || exit 1
"$vastop" --once --format=json --record=one "$target_pid" >live.json 2>err
if grep -q 'sqlite3 is missing' err; then
	skip 'what is watched is recorded' 'the library sqlite3 is missing'
	tap_end
	exit 0
fi

replay one >again.json
check 'JSON of what was recorded is the JSON that was live' cmp live.json again.json
"$vastop" --once --width=100 --height=40 --color=never --record=two "$target_pid" >live.txt
"$vastop" --once --width=100 --height=40 --color=never two >again.txt
sed -e '$d' again.txt >again.cut
sed -e '$d' live.txt >live.cut
check 'the picture is the picture that was live' cmp live.cut again.cut
check 'one file is left, of which only its owner knows' \
	[ "$(find . -name 'two*' -perm 600)" = ./two ]

# A watch, with a note, a baseline and an end.
screen_start 100 30 "$vastop" --delay=0.1 --record=watch "$target_pid"
shows 'the header says that it is recorded' ', rec'
keys a
shows 'a note is asked for' 'note: '
keys 'before the deploy' Enter
shows 'the note is taken' 'The note is in the recording'
keys m
shows 'the baseline is set' 'Baseline set'
check 'more samples come' wait_until has_more_samples
keys q
ended 'the screen ends' 0
check 'nothing lies beside the recording' [ "$(echo watch*)" = watch ]
replay watch >watch.json
"$vastop" --once --format=json --no-smaps "$target_pid" >live.json
# When, what the thread of the moment does, and what only smaps reports.
same='del(.time, .state, .usage_source) | walk(if type == "object" then
	del(.pss, .uss, .private_dirty, .shared_dirty, .referenced, .anonymous, .huge, .locked,
	.flags, .hugetlb) else . end)'
jq "$same" watch.json >watch.cut
jq "$same" live.json >live.cut
check 'a sample of the watch is as the process is' cmp watch.cut live.cut

# Played on the screen.
screen_start 100 30 "$vastop" --delay=0.05 watch
shows 'a recording is played' 'replay 0.05s' 'thread.stack' ' plain'
shows 'its last sample is told' 'last sample of the recording'
keys ,
shows 'one goes back in what was played' 's ago'
keys O
shows 'the life of a mapping is told' '.heap. appeared .*, was largest'
keys L '<'
shows 'it is played faster' 'replay .2'
keys '{'
shows '... and held where it is gone to' 'paused'
keys Z
shows 'all of it is shown' 'timeline: (rss|size), before the deploy|timeline: (rss|size)'
keys z noon Enter
shows 'a time that is none is told' 'not a time'
keys z +0s Enter
shows 'a time is gone to' 'paused'
keys p
shows 'there is no other process to choose' 'This is a recording'
keys B
shows 'there are no bytes' 'bytes'
keys q q
ended 'the player ends' 0
screen_start 100 30 "$vastop" --replay=watch@-0s
shows 'a recording is played from a time' 'thread.stack'
keys ,
shows 'one goes back to before that' 'paused'
check '... to an earlier sample' wait_until screen_has 'replay|paused'
keys q
ended 'that player ends' 0
fails 'bytes of a recording are none' 2 'no memory to be read' "$vastop" --bytes=heap watch

# A part of it.
"$vastop" --export=part --from=+0s --to=+0s watch
replay part >part.json
check 'a part of a recording is a recording' cmp part.json first.json
fails 'a part is not written over the whole' 2 'another file' "$vastop" --export=watch --force watch
fails 'nor over another file' 1 'give --force' "$vastop" --export=part watch
fails 'a time of a part that is none is told' 2 'is not a time' "$vastop" --export=p --from=noon watch
fails 'times of a part that are the wrong way around' 2 'before --from' \
	"$vastop" --export=p --from=-0s --to=+0s watch
fails 'a process has no part' 2 'needs a recording' "$vastop" --export=p "$target_pid"
fails 'a full disk leaves no part' 1 'cannot record to' sh -c "ulimit -f 64; exec '$vastop' --export=p watch"
check '... nothing of it' [ ! -e p ]

# By key, to a name of its own.
mkdir key && cd key || exit 1
screen_start 100 30 sh -c "cd '$work/key' && exec '$vastop' --delay=0.1 $target_pid"
shows 'the screen stands' 'live'
keys r
shows 'a key begins a recording' 'Recording to vastop-plain'
keys r
shows 'the same key ends it' 'Recorded to vastop-plain'
keys q
ended 'that screen ends, too' 0
check 'the file has a sample' sh -c "'$vastop' --once --format=json vastop-plain-* | jq -e .pid"
cd "$work" || exit 1

# What the manual says about the tables is what others read.
sed -n -e '/^\.\\" query$/,/^\.\\" end$/p' "$top_srcdir/doc/vastop.1" |
	sed -e 's/\\-/-/g' -e 's/\\(aq/'\''/g' -e 's/\\e/\\/g' |
	awk '/^\.EX/ { n++; next } /^\./ { next } { print >"query" n }'
check 'the manual page has four queries' [ -s query4 ]
for n in 1 2 3 4; do
	if command -v sqlite3 >/dev/null; then
		check "sqlite3 runs query $n" sh -c "sqlite3 -bail -readonly watch <query$n >rows"
	else
		skip "sqlite3 runs query $n" 'sqlite3 not found'
	fi
	if python3 -c 'import sqlite3, sys; sys.exit(sqlite3.sqlite_version_info < (3, 37))' 2>/dev/null; then
		check "python3 runs query $n" python3 -c '
import sqlite3, sys
c = sqlite3.connect("file:watch?mode=ro", uri=True)
print(c.execute(open(sys.argv[1]).read()).fetchall())' "query$n"
	else
		skip "python3 runs query $n" 'python3 with sqlite3 3.37 not found'
	fi
done

# What is no recording, or no place for one.
fails 'nothing is overwritten' 1 'give --force' "$vastop" --once --record=one "$target_pid"
check 'what was there is there still' sh -c "'$vastop' --once --format=json one >x && cmp -s x again.json"
check '... unless that is asked for' sh -c "'$vastop' --once --force --record=two $target_pid >x"
fails 'a directory is no file' 1 'is a directory' "$vastop" --once --record="$work" "$target_pid"
fails 'a device is no file' 1 'not a regular file' "$vastop" --once --record=/dev/null "$target_pid"
fails 'a directory is no recording' 1 'is a directory' replay "$work"
fails 'a device is no recording' 1 'not a regular file' replay /dev/null
fails 'a missing file is told' 1 'no such file' replay missing
fails 'another file is no recording' 1 'not a recording' replay again.json
: >empty
fails 'nor is an empty one' 1 'no sample' replay empty
{ head -c 63 one; printf '\377'; tail -c +65 one; } >newer
fails 'one of a later vastop is told' 1 'later vastop' replay newer
for size in 100 4096 20000 40000; do
	head -c "$size" one >torn
	fails "one that ends after $size bytes is damaged" 1 'damaged' replay torn
done
# Bytes in the middle of it: it is damaged, or nothing is missing that is shown.
replay one >whole.json
size=$(wc -c <one)
odd=
at=5000
while [ "$at" -lt "$size" ]; do
	cp one corrupt
	dd if=/dev/zero of=corrupt bs=500 seek=$((at / 500)) count=2 conv=notrunc 2>/dev/null
	replay corrupt >corrupt.json 2>err
	status=$?
	if [ "$status" -eq 0 ]; then
		jq '[.pid, .totals.mappings, .totals.size]' corrupt.json >corrupt.cut
		jq '[.pid, .totals.mappings, .totals.size]' whole.json | cmp -s - corrupt.cut ||
			odd="$odd $at: differs"
	elif [ "$status" -ne 1 ] || ! grep -q damaged err; then
		odd="$odd $at: $status"
	fi
	at=$((at + 7000))
done
none 'one that is corrupt somewhere is damaged, or has all mappings' "$odd"
fails 'a time that is none is told' 2 'is not a time' replay one@noon
if [ "$(id -u)" -ne 0 ]; then
	mkdir closed && chmod 500 closed
	fails 'a place that cannot be written is told' 1 'ermission denied' \
		"$vastop" --once --record=closed/file "$target_pid"
else
	skip 'a place that cannot be written is told' 'root can write everywhere'
fi

# Two of them on one file.
"$vastop" --events --delay=0.1 --record=mine "$target_pid" >/dev/null 9>&- &
recorder=$!
children="$children $recorder"
wait_until sh -c "'$vastop' --once --format=json mine >x 2>&1"
fails 'two that record to one file are told' 1 'another vastop' \
	"$vastop" --once --force --record=mine "$target_pid"
kill -TERM "$recorder"
wait "$recorder" 2>/dev/null
check 'the first one has its recording' sh -c "'$vastop' --once --format=json mine >x"

# No room: files may grow no further.
fails 'a disk that is full is told' 1 'cannot record to' \
	sh -c "ulimit -f 64; exec '$vastop' --once --record=full $target_pid"
check 'nothing is left of it then' [ ! -e full ]

# Killed at any moment: what is older than a second reads back.
awk 'BEGIN {
	# Doubled, since a format as wide as this is too much for some awks.
	for (piece = " "; length(piece) < 200000;)
		piece = piece piece
	while (1) {
		s = s piece
		system("sleep 0.01")
		if (length(s) > 20000000)
			s = ""
	}
}' 9>&- &
target_pid=$!
children="$children $target_pid"
lost=
for n in $(seq "$kills"); do
	rm -f killed killed-journal
	"$vastop" --events --delay=0.01 --record=killed "$target_pid" >/dev/null 9>&- &
	recorder=$!
	children="$children $recorder"
	wait_until sh -c "'$vastop' --once --format=json killed >/dev/null 2>&1"
	sleep "$(awk -v seed="$$$n" 'BEGIN { srand(seed); print 0.3 * rand() }')"
	kill -KILL "$recorder"
	wait "$recorder" 2>/dev/null
	replay killed >killed.json 2>err && jq -e .pid killed.json >/dev/null || lost="$lost $n: $(cat err)"
done
check "of $kills that are killed, all can be read" [ -z "$lost" ]
tap_end
