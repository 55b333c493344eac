#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Without memory, one sentence and the documented status, whichever allocation it is that fails: of
# vastop's own, of libproc2, or the C library. What vastop can do without a piece of memory, it does.
# And how much it takes.

set -u
. "${top_srcdir:?}/tests/e2e/lib.sh"
failing=${top_builddir:?}/tests/support/vastop_without_memory

if ! [ -x "$failing" ]; then
	skip 'memory that runs out' 'sanitizers have their own'
	tap_end
	exit 0
fi

# The points at which memory fails: so many of each way, evenly spread.
points=${POINTS:-12}

# run VARIABLE NUMBER ARGUMENT...: sets status, fills out and err.
run()
{
	run_limit=$1=$2
	shift 2
	timeout "$patience" env "$run_limit" "$failing" "$@" </dev/null >"$work/out" 2>"$work/err" 9>&-
	status=$?
}

# What is wrong with a run that lacked memory; what other libraries say by themselves is theirs.
differences()
{
	grep -v '^libnuma: ' "$work/err" >"$work/said"
	[ "$status" -eq "$usual" ] && cmp -s "$work/said" "$work/usual" && return
	[ "$status" -eq 1 ] || echo "$run_limit: exit status $status"
	[ "$(grep -c '' "$work/said")" -eq 1 ] && grep -qiE 'memory|no thread' "$work/said" ||
		echo "$run_limit: on stderr, not one line about memory: $(cat "$work/err")"
}

try()
{
	number=1
	while [ "$number" -le "$count" ]; do
		run VASTOP_FAIL_AT "$number" "$@"
		differences
		run VASTOP_FAIL_FROM "$number" "$@"
		differences
		number=$((number + 1 + count / points))
	done
}

# lacks_memory NAME ARGUMENT...
lacks_memory()
{
	name=$1
	shift
	run VASTOP_COUNT "$work/count" "$@"
	usual=$status
	cp "$work/err" "$work/usual"
	count=$(cat "$work/count")
	[ -n "$count" ] || echo 'Bail out! nothing counts'
	none "without memory: $name" "$(try "$@")"
}

target plain
# Without a sandbox, which refuses that the count is written at the end.
lacks_memory 'help' --help
lacks_memory 'commands' --list-commands
lacks_memory 'themes' --list-themes
lacks_memory 'a mistake' --width=x --once 1
lacks_memory 'JSON' --no-sandbox --once --format=json "$target_pid"
lacks_memory 'an address' --no-sandbox --locate=0 "$target_pid"
lacks_memory 'events' --no-sandbox --events --samples=2 --delay=0.02 "$target_pid"
lacks_memory 'a command' --no-sandbox --events --output=/dev/null -- true

# The picture names the user, for which glibc's name services (2.36) need memory or fail: really
# without any, as a limit has it.
name='without memory: a picture within a limit'
for limit in 16000 18000 20000 22000 24000; do
	# shellcheck disable=SC3045 # the shells of Linux have it
	(ulimit -v "$limit" && exec timeout "$patience" "$failing" --once "$target_pid") </dev/null \
		>"$work/out" 2>"$work/err" 9>&-
	status=$?
	# The dynamic loader may not even get as far as vastop.
	grep -q 'shared libraries' "$work/err" && continue
	run_limit="ulimit -v $limit"
	usual=0
	: >"$work/usual"
	differences
done >"$work/differences"
none "$name" "$(cat "$work/differences")"

# takes NAME KB MAPPINGS: what vastop has for itself while it shows a process of so many mappings,
# what is in memory known of all; pages of files, as of libraries, are shared with others.
takes()
{
	kill_target
	target many "$3"
	screen_start 120 40 "$vastop" "$target_pid"
	shows "$1: shown" 'address space' 'rss +[0-9.]+[KM] '
	own=$(sed -n 's/^RssAnon:[^0-9]*\([0-9]*\) kB/\1/p' "/proc/$program_pid/status")
	if [ "${own:-$2}" -lt "$2" ]; then
		pass "$1: less than $2 KB"
	else
		fail "$1: less than $2 KB" "${own:-nothing known} KB"
	fi
	keys Q
	ended "$1: Q ends the program" 0
}

# json_fits KB: whether the JSON of the target is written within so much of address space.
json_fits()
{
	# shellcheck disable=SC3045 # the shells of Linux have it
	(ulimit -v "$1" && exec timeout "$patience" "$vastop" --once --format=json "$target_pid") \
		>"$work/out" 2>"$work/err" </dev/null
}

# What few mappings take is mostly libraries'; of many each may take 100 bytes more, and a half on
# top, as lists grow in steps.
name='JSON: some 100 bytes a mapping'
kill_target
target many 200
few=6000
while ! json_fits "$few" && [ "$few" -lt 200000 ]; do
	few=$((few + 500))
done
kill_target
target many 60000
if json_fits "$((few + 9000))"; then
	pass "$name"
else
	fail "$name" "200 mappings fit $few KB, 60 000 not $((few + 9000)): $(cat "$work/err")"
fi

if command -v tmux >/dev/null; then
	takes '200 mappings' 2500 200
	# 250 bytes for each.
	takes '60 000 mappings' 17500 60000
else
	skip 'how much memory is taken' 'tmux not found'
fi
tap_end
