#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A process whose files lie in a file system that hangs: it is shown all the same, and whatever
# vastop is doing, it ends when it is told to.

set -u
. "${top_srcdir:?}/tests/e2e/lib.sh"
need jq tmux

hangfs=${top_builddir:?}/tests/fuse/hangfs
mounts=

# Without a server all that waits for it is let go.
release_mounts()
{
	for mount in $mounts; do
		rm -f "${mount%.mount}.control"/*
		kill -KILL "$(cat "${mount%.mount}.pid")" 2>/dev/null
		fusermount3 -uz "$mount" 2>/dev/null || umount -l "$mount" 2>/dev/null
	done
}
trap 'release_mounts; clean_up' EXIT

if [ ! -x "$hangfs" ]; then
	skip 'file systems that hang' 'fuse3 was not found by configure'
	tap_end
	exit 0
fi

# serve NAME: mounts $work/NAME.mount, which shows $work/NAME.files and hangs as
# $work/NAME.control says.
serve()
{
	mkdir -p "$work/$1.files" "$work/$1.mount" "$work/$1.control"
	rm -f "$work/says"
	mkfifo "$work/says"
	"$hangfs" "$work/$1.files" "$work/$1.mount" "$work/$1.control" \
		>"$work/says" 2>"$work/$1.errors" 9>&- &
	children="$children $!"
	echo "$!" >"$work/$1.pid"
	[ "$(timeout "$patience" head -n 1 "$work/says")" = ready ] || return 1
	mounts="$mounts $work/$1.mount"
}

mkdir "$work/a.files"
cp "$top_builddir/tests/targets/plain" "$work/a.files/plain" || exit 1
if ! serve a; then
	skip 'file systems that hang' "none can be mounted here: $(head -n 1 "$work/a.errors")"
	tap_end
	exit 0
fi
hang()
{
	: >"$work/a.control/$1"
}
go_on()
{
	rm -f "$work/a.control"/*
}

rm -f "$work/says"
mkfifo "$work/says"
"$work/a.mount/plain" <"$work/hold" >"$work/says" 9>&- &
target_pid=$!
children="$children $target_pid"
[ "$(timeout "$patience" head -n 1 "$work/says")" = ready ] || exit 1

# How vastop found the kinds of the program's mappings, and those of the C library.
sources()
{
	# shellcheck disable=SC2016 # jq's own variable
	timeout "$patience" "$vastop" --once --format=json "$target_pid" | jq -r --arg name "$1" \
		'[.mappings[] | select(.name | contains($name)) | .kind_source] | unique | join(" ")'
}

check 'a file system that answers is read' [ "$(sources a.mount/plain)" = elf ]
for operation in lookup getattr open read; do
	hang "$operation"
	check "$operation hangs: the permissions decide" \
		[ "$(sources a.mount/plain)" = file-system-stalled ]
	check "$operation hangs: other file systems are read" [ "$(sources libc.so)" = elf ]
	check "$operation hangs: a picture is written" \
		timeout "$patience" "$vastop" --once "$target_pid"
	check "$operation hangs: an address is explained" \
		timeout "$patience" "$vastop" --locate=program "$target_pid"
	go_on
done

has_executed()
{
	grep -qx vastop "/proc/$1/comm"
}

# ends NAME STATUS SIGNAL ARGUMENT...: starts vastop, sends the signal, and has it end with the
# status.
ends()
{
	ends_name=$1 ends_status=$2 ends_signal=$3
	shift 3
	"$vastop" "$@" >"$work/out" 2>&1 9>&- &
	ends_pid=$!
	children="$children $ends_pid"
	wait_until has_executed "$ends_pid"
	wait_until process_ends "$ends_pid" "$ends_signal" || kill -KILL "$ends_pid" 2>/dev/null
	wait "$ends_pid" 2>/dev/null
	ends_found=$?
	none "$ends_name" "$([ "$ends_found" = "$ends_status" ] ||
		echo "status $ends_found: $(head -n 3 "$work/out")")"
}

# Signals it. What runs in the background begins with SIGINT ignored: one that comes too early is
# lost, so it is sent again.
process_ends()
{
	kill -s "$2" "$1" 2>/dev/null
	process_is_over "$1"
}

# A thread that is stuck may keep a zombie from being waited for: that is not over.
process_is_over()
{
	[ ! -e "/proc/$1/task" ] || {
		process_is_in_state "$1" Z && set -- "/proc/$1/task"/* && [ $# = 1 ]
	}
}

hang lookup
hang getattr
for signal in INT:130 TERM:143 HUP:129; do
	ends "SIG${signal%:*} ends --events" "${signal#*:}" "${signal%:*}" --events "$target_pid"
done

screen_start 120 40 "$vastop" "$target_pid"
shows 'the picture comes' "vastop $target_pid .*plain" '\[stack\]'
keys g
keys -l program
keys Enter
shows 'why the permissions decide is said' 'file system does not'
go_on
shows 'when it answers again, its files are read' 'file.s ELF'
hang lookup
hang getattr
keys Q
ended 'Q ends it' 0
restored 'the terminal is as it was'
for signal in TERM HUP; do
	screen_start 80 24 "$vastop" "$target_pid"
	shows "the picture stands before SIG$signal" '\[stack\]'
	kill -s "$signal" "$program_pid"
	ended "SIG$signal ends the program"
	restored "the terminal is as it was after SIG$signal"
done
screen_start 80 24 "$vastop"
shows 'processes can be chosen' 'which process'
keys -l "^$target_pid\$"
shows 'the one is found' "▸ *$target_pid "
keys Enter
shows 'and watched' "vastop $target_pid" '\[stack\]'
helpers=$(cat "/proc/$program_pid/task"/*/children)
keys C-c
ended 'Ctrl-C ends it' 130

# Nothing is left of the helpers, once the kernel lets them go.
helpers_are_gone()
{
	for helper in $helpers; do
		case $(process_state "$helper") in
		'' | Z) ;;
		*) return 1 ;;
		esac
	done
}
go_on
check 'there were helpers' [ -n "$helpers" ]
check 'none is left' wait_until helpers_are_gone

# A recorded process whose files hang: nothing waits for the sampler.
mkdir "$work/t.files"
cp -R "$top_srcdir/tests/fixtures/sleep" "$work/t.files/tree"
serve t || exit 1
screen_start 110 30 "$vastop" --procfs="$work/t.mount/tree" 29203
shows 'a recorded process is shown' 'vastop 29203' 'recorded *$'
: >"$work/t.control/open"
: >"$work/t.control/read"
shows 'when no sample comes it is called stale' 'stale since [0-9]' \
	'[Ww]aiting for the files'
keys t
shows 'and keys act' 'table'
rm -f "$work/t.control"/*
shows 'when samples come it is no longer stale' 'recorded *$'
keys Q
ended 'Q ends it after that' 0
tap_end
