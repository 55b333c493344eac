#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What vastop takes from itself: each sort of run makes no call that is refused to it, the program on
# the screen has what the manual page says, and a command that it starts has all that the user has.

set -u
. "${top_srcdir:?}/tests/e2e/lib.sh"

case $("$vastop" --version) in
*seccomp*) ;;
*)
	skip "${0##*/}" 'this build or kernel refuses no calls'
	tap_end
	exit 0
	;;
esac

# refused FILE: what was refused in this trace, but for what is asked to find out whether there
# is a daemon that knows names of users (nscd), which there is not, then.
refused()
{
	grep -E '= -1 EPERM' "$1" | grep -vE 'socket\(AF_UNIX|\+\+\+'
}

# trace ARGUMENT...: the calls of a run, in a file for each thread, so that none stands in two lines.
trace()
{
	rm -f "$work/trace."*
	timeout "$patience" strace -ff -qq -o "$work/trace" "$vastop" "$@" </dev/null >"$work/out" \
		2>"$work/err" 9>&-
	cat "$work/trace."* >"$work/trace"
}

# makes_no_more NAME ARGUMENT...: a run makes no call that its filter refuses.
makes_no_more()
{
	name=$1
	shift
	trace "$@"
	check "$name: it is confined" grep -qE '(prctl\(PR_SET_NO_NEW_PRIVS|seccomp\(SECCOMP_SET)' "$work/trace"
	found=$(refused "$work/trace")
	# Others may refuse it, too: the kernel what only root may see, a container what it forbids.
	if [ "$found" ]; then
		trace --no-sandbox "$@"
		others=$(refused "$work/trace" | sed -E 's/^([a-z0-9_]+).*/\1/' | sort -u |
			paste -s -d '|')
		[ -z "$others" ] || found=$(printf '%s\n' "$found" | grep -vE "^($others)\\(")
	fi
	none "$name: nothing is refused" "$found"
}

printf 'data\n' >"$work/data"
target plain "$work/data"
# Whether a file was deleted, or is called so, a helper finds out.
rm "$work/data"
if command -v strace >/dev/null; then
	makes_no_more 'a picture' --once "$target_pid"
	makes_no_more 'JSON' --once --format=json "$target_pid"
	makes_no_more 'a drawing' --once --format=svg "$target_pid"
	makes_no_more 'CSV by a name' --once --format=csv '^plain$'
	makes_no_more 'metrics' --once --format=openmetrics "$target_pid"
	makes_no_more 'metrics in a file' --once --format=openmetrics --output="$work/a.prom" \
		--samples=2 --delay=0.01 "$target_pid"
	makes_no_more 'findings' --check "$target_pid"
	makes_no_more 'events' --events --samples=2 "$target_pid"
	makes_no_more 'an address' --locate=heap "$target_pid"
	makes_no_more 'a symbol' --locate=malloc "$target_pid"
	makes_no_more 'what is inside a heap' --inside=heap --parts "$target_pid"
	makes_no_more 'what is inside a library' --inside=libc "$target_pid"
	makes_no_more 'bytes' --bytes=heap "$target_pid"
	makes_no_more 'a search' --search=ready "$target_pid"
	makes_no_more 'who grows' --growth=0.2 "$target_pid"
	plain=$target_pid
	target dumps "$work/core" "$work/known"
	target_pid=$plain
	makes_no_more 'a core file' --once --format=json "$work/core"
	makes_no_more 'bytes of a core file' --bytes=heap "$work/core"
	makes_no_more 'a symbol of a core file' --locate=main "$work/core"
	makes_no_more 'the heap of a core file' --inside=heap --parts "$work/core"
	if "$vastop" --once --record="$work/probe" "$target_pid" >/dev/null 2>&1; then
		makes_no_more 'a recording' --once --record="$work/recording" "$target_pid"
		makes_no_more 'a recording, played' --once "$work/recording"
	else
		skip 'a recording' 'nothing can be recorded'
	fi
else
	skip 'the calls of each run' 'strace not found'
fi

# status_of PID FIELD: as the kernel has it.
status_of()
{
	sed -n "s/^$2:[[:space:]]*//p" "/proc/$1/status" 2>/dev/null
}

# Descendants that look at files are confined, too.
helpers_of()
{
	cat "/proc/$1/task/"*/children 2>/dev/null | tr ' ' '\n' | while read -r child; do
		[ "$(cat "/proc/$child/comm" 2>/dev/null)" = vastop-files ] && echo "$child"
	done
}

has_helper()
{
	[ "$(helpers_of "$1")" ]
}

# watch OPTION...: watches a process that has mapped $work/data. Once that is deleted, a helper is
# there until the end.
watch()
{
	printf 'data\n' >"$work/data"
	target plain "$work/data"
	"$vastop" --events "$@" "$target_pid" </dev/null >"$work/out" 2>"$work/err" 9>&- &
	watching=$!
	children="$children $watching"
}

watch
is_confined()
{
	[ "$(status_of "$1" Seccomp)" = 2 ] && [ "$(status_of "$1" NoNewPrivs)" = 1 ]
}
check 'what watches is confined' wait_until is_confined "$watching"
wait_until is_sampling "$watching"
# How each thread is, in a line each: threads come and go.
check '... its threads, too' test \
	"$(cat "/proc/$watching/task/"*/status 2>/dev/null | grep '^Seccomp:' | sort -u | tr -d '\t')" = Seccomp:2
rm "$work/data"
check 'there is a helper' wait_until has_helper "$watching"
# One that does not answer in time is replaced by another one.
has_confined_helper()
{
	is_confined "$(helpers_of "$1" | head -n 1)"
}
check '... which is confined' wait_until has_confined_helper "$watching"
# CAP_SYS_PTRACE, CAP_DAC_READ_SEARCH and CAP_CHECKPOINT_RESTORE at most.
has_weak_helper()
{
	capabilities=$(status_of "$(helpers_of "$1" | head -n 1)" CapEff)
	[ "$capabilities" ] && [ $((0x$capabilities & ~0x10000080004)) -eq 0 ]
}
check '... and has few capabilities' wait_until has_weak_helper "$watching"
kill "$watching"
wait "$watching" 2>/dev/null

watch --no-sandbox
wait_until is_sampling "$watching"
rm "$work/data"
check 'there is a helper without a sandbox' wait_until has_helper "$watching"
check 'a user can leave it out' test "$(status_of "$watching" NoNewPrivs)" = \
	"$(status_of $$ NoNewPrivs)"
kill "$watching"
wait "$watching" 2>/dev/null

# shellcheck disable=SC2016 # the command's own
"$vastop" --events -- sh -c 'grep -E "^(Seccomp|NoNewPrivs|Cap...):" /proc/self/status >"$1"' sh \
	"$work/command" </dev/null >"$work/out" 2>"$work/err" 9>&-
grep -E '^(Seccomp|NoNewPrivs|Cap...):' /proc/self/status >"$work/own"
check 'a command has all that the user has' cmp "$work/command" "$work/own"

# What keys do on the screen still works.
if command -v tmux >/dev/null; then
	cd "$work" || exit 1
	screen_start 80 24 "$vastop" "$target_pid"
	shows 'the picture stands' '\[stack\]'
	check 'the program on the screen is confined' is_confined "$program_pid"
	keys w
	shows 'w asks how to save' 'save as text'
	keys -l text
	keys Enter
	shows 'a key saves what is on the screen' 'Saved vastop-'
	check '... in a file' grep -q 'address space' "$work"/vastop-*.txt
	keys H
	shows 'the heap is walked' 'used'
	keys Escape
	keys p
	shows 'processes are listed' 'plain'
	keys Escape
	keys q
	ended 'it ends' 0
	restored 'the terminal is as it was'
	screen_start 80 24 "$vastop" --no-sandbox "$target_pid"
	shows 'the header says that there is no sandbox' 'sandbox off'
	keys q
	ended 'it ends, too' 0
else
	skip 'the program on the screen' 'tmux not found'
fi
tap_end
