#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Bad input gets one clear sentence on stderr, nothing on stdout, and its exit status: 2 for usage,
# 3 for no such process, 4 for no permission.

set -u
. "${top_srcdir:?}/tests/e2e/lib.sh"

# The user nobody.
nobody=65534

# What is wrong about a run's answer: mistake_differences STATUS PATTERN, "any" for a failure.
mistake_differences()
{
	case $status,$1 in
	"$1,$1") ;;
	124,* | 139,* | 134,* | 0,any) echo "exit status $status" ;;
	*,any) ;;
	*) echo "exit status $status instead of $1" ;;
	esac
	[ ! -s "$work/out" ] || echo "on stdout: $(cat "$work/out")"
	lines=$(wc -l <"$work/err")
	if [ "$lines" -lt 1 ] || [ "$lines" -gt 2 ] || ! grep -qiE -- "$2" "$work/err"; then
		echo "on stderr, not 1 or 2 lines with '$2':"
		cat "$work/err"
	fi
	if grep -q '[[:cntrl:]]' "$work/err"; then
		echo 'stderr has control characters'
	fi
}

# mistake NAME STATUS PATTERN COMMAND...
mistake()
{
	name=$1
	expected=$2
	pattern=$3
	shift 3
	timeout "$patience" "$@" </dev/null >"$work/out" 2>"$work/err" 9>&-
	status=$?
	none "$name" "$(mistake_differences "$expected" "$pattern")"
}

# Usage.
mistake 'no argument' 2 'pid|process' "$vastop"
mistake 'an unknown option' 2 'no-such-option' "$vastop" --no-such-option 1
mistake 'an unknown short option' 2 'Y' "$vastop" -Y 1
mistake 'a misspelt option' 2 'no option --theem=nord; did you mean --theme\?' "$vastop" --theem=nord 1
mistake 'the beginning of two options' 2 'did you mean --no-mouse or --no-sandbox or --no-smaps\?' "$vastop" --no 1
mistake 'a value for an option without' 2 '--once takes no value' "$vastop" --once=3 1
mistake 'a name that no process has' 2 'abc' "$vastop" no-process-is-called-abc
mistake 'too many arguments' 2 'only one process' "$vastop" --events 1 2
mistake 'a filter that is no query' 2 'column 6.*did you mean heap' \
	"$vastop" --once --filter=kind:hepa $$
mistake 'a field that is none' 2 "fields.*'rrs'" "$vastop" --once --format=csv --fields=size,rrs $$
mistake 'fields of a picture' 2 'fields.*table.*csv' "$vastop" --once --fields=rss $$
mistake 'a drawing of several processes' 2 'one drawing' "$vastop" --once --format=svg $$ 1
mistake 'a delay without samples' 2 'samples' "$vastop" --once --delay=1 $$
mistake 'several processes, one not there' 2 'abc' "$vastop" --once $$ no-process-is-called-abc
mistake 'a negative pid' 2 '.' "$vastop" --once -- -1
mistake 'a pid too large for any number' 2 '.' "$vastop" --once 99999999999999999999999
mistake 'a width that is no number' 2 'width' "$vastop" --once --width=wide $$
mistake 'an unknown format' 2 'format' "$vastop" --once --format=smoke-signals $$
mistake 'an unknown colour mode' 2 'colou?r' "$vastop" --once --color=perhaps $$
mistake 'an argument with escape sequences' 2 '.' "$vastop" "$(printf 'a\033[31mb\nc')"
mistake 'an option with escape sequences' 2 '.' "$vastop" "$(printf -- '--a\033[31mb')"
for delay in 0 -1 1e9 nan 0.009 3600.1 .5 1s ''; do
	mistake "a delay of '$delay'" 2 'delay.*0\.01.*3600' "$vastop" --delay="$delay" $$
done
mistake 'a budget of nothing' 2 'budget' "$vastop" --budget=0 $$
mistake 'a history that is too small' 2 'history' "$vastop" --history=1 $$
mistake 'no samples at all' 2 'samples' "$vastop" --events --samples=0 $$
mistake 'something unknown to avoid' 2 "avoid.*pidfd.*'sleep'" "$vastop" --avoid=pidfd,sleep $$
mistake 'once and events' 2 'once.*events' "$vastop" --once --events $$
mistake 'a process and a command' 2 'not both' "$vastop" $$ -- true
mistake 'an output without a command' 2 'output' "$vastop" --output="$work/o" $$
mistake 'no smaps without once' 2 'no-smaps.*once' "$vastop" --events --no-smaps $$
mistake 'a picture of a command' 2 'once' "$vastop" --once -- true

# Commands that cannot be started, answered as shells do.
printf '#!/no/such/interpreter\n' >"$work/script"
mistake 'a command that is in no folder of PATH' 127 'no-such-command' \
	"$vastop" --events -- no-such-command
mistake 'a command that does not exist' 127 '/no/such/command' "$vastop" -- /no/such/command
mistake 'a command that is no program' 126 'cannot execute' "$vastop" -- "$work/script"
mistake 'a command that is a folder' 126 'cannot execute' "$vastop" --events -- "$work"
chmod +x "$work/script"
mistake 'a script without its interpreter' 126 'interpreter' "$vastop" -- "$work/script"
mistake 'an empty command' 127 "''" "$vastop" --events -- ''
mistake 'a command with escape sequences' 127 'x1b' "$vastop" -- "$(printf './a\033[31mb')"
mistake 'an output that cannot be written' 1 "/no/such/file" \
	"$vastop" --output=/no/such/file --events -- true

# No terminal.
target plain
mistake 'a picture where no terminal is' any 'terminal' "$vastop" "$target_pid"

# Themes.
printf 'default = default\nkind-heap = no-such-colour\n' >"$work/broken.theme"
# The rest of a broken theme applies.
check 'a broken theme does not hinder the picture' sh -c "
	'$vastop' --once --theme='$work/broken.theme' $target_pid >'$work/out' 2>'$work/err' &&
	grep -q '\[heap\]' '$work/out'"
check 'a broken theme is told in a sentence, with the line' sh -c "
	[ \$(wc -l <'$work/err') -eq 1 ] && grep -q 'broken\.theme:2: ' '$work/err'"
mistake 'a theme that does not exist' 2 'no-such-theme' \
	"$vastop" --once --theme=no-such-theme "$target_pid"

# Processes that cannot be shown.
true &
reaped=$!
wait "$reaped"
mistake 'a pid without a process' 3 "$reaped" "$vastop" --once "$reaped"
mistake 'a pid without a process, as JSON' 3 "$reaped" "$vastop" --once --format=json "$reaped"

# cat never waits for the child that it inherits from the shell.
# shellcheck disable=SC2016 # the inner shell's
sh -c 'sleep 1000 & echo $! >"$1/zombie"; exec cat' sh "$work" <"$work/hold" >/dev/null 9>&- &
heir=$!
children="$children $heir"
wait_until [ -s "$work/zombie" ]
wait_until grep -qx cat "/proc/$heir/comm"
zombie=$(cat "$work/zombie")
kill "$zombie"
if wait_until process_is_in_state "$zombie" Z; then
	mistake 'a zombie' 3 'zombie|ended' "$vastop" --once "$zombie"
else
	fail 'a zombie' "process $zombie does not become one"
fi

for task in /proc/"$target_pid"/task/*; do
	thread=${task##*/}
	[ "$thread" = "$target_pid" ] || break
done
mistake 'a thread id, with its process' any "$target_pid" "$vastop" --once "$thread"

# PF_KTHREAD (0x200000) of the ninth field of stat says so; the second may hold spaces.
is_kernel_thread()
{
	flags=$(sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f7)
	[ $((${flags:-0} & 0x200000)) -ne 0 ]
}

if is_kernel_thread 2; then
	mistake 'a kernel thread' any 'kernel' "$vastop" --once 2
else
	skip 'a kernel thread' 'process 2 is none here'
fi

# full NAME ARGUMENT...: that standard output is full is told with the reason.
full()
{
	name=$1
	shift
	timeout "$patience" "$vastop" "$@" </dev/null >/dev/full 2>"$work/err" 9>&-
	status=$?
	: >"$work/out"
	none "$name" "$(mistake_differences 1 'standard output: No space left on device')"
}

if [ -c /dev/full ]; then
	full 'a full disk: --help' --help
	full 'a full disk: --version' --version
	full 'a full disk: commands' --list-commands
	full 'a full disk: themes' --list-themes
	full 'a full disk: kinds' --list-kinds
	full 'a full disk: a picture' --once "$target_pid"
	full 'a full disk: JSON' --once --format=json "$target_pid"
	full 'a full disk: an address' --locate=0 "$target_pid"
fi
mistake 'standard output that is closed' 1 'Bad file descriptor' sh -c 'exec "$@" >&-' sh "$vastop" --help
name='a file that must not grow'
(ulimit -f 1 && exec timeout "$patience" "$vastop" --once --format=json "$target_pid") </dev/null \
	>"$work/large" 2>"$work/err" 9>&-
status=$?
: >"$work/out"
none "$name" "$(mistake_differences 1 'standard output: File too large')"

as_nobody()
{
	setpriv --reuid="$nobody" --regid="$nobody" --clear-groups "$@"
}

name="another user's process"
if [ "$(id -u)" -ne 0 ]; then
	# Whose own user may not be read by this one.
	if [ -r /proc/1/maps ] && head -c 1 /proc/1/maps >/dev/null 2>&1; then
		skip "$name" 'process 1 may be read'
	else
		mistake "$name" 4 'permi|root|sudo' "$vastop" --events 1
	fi
elif ! as_nobody test -x "$vastop" 2>/dev/null; then
	skip "$name" 'an unprivileged user cannot reach the program'
else
	mistake "$name" 4 'permi|root|sudo' setpriv --reuid="$nobody" --regid="$nobody" \
		--clear-groups "$vastop" --events "$target_pid"
fi
tap_end
