#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# vastop --check on a table of weak and sound programs, each hardening on and off; beside checksec,
# where that is installed; and on names that are not harmless.
#
# shellcheck disable=SC2016 # what looks like the shell's variables are jq's

set -u
. "${top_srcdir:?}/tests/e2e/lib.sh"
need jq cc

echo 'int library(void) { return 0; }' >"$work/library.c"

sound='-O1 -pthread -fPIE -fcf-protection=full'
case $(uname -m) in
x86_64 | i?86) ;;
*) sound='-O1 -pthread -fPIE' ;;
esac
link_sound='-pie -Wl,-z,relro,-z,now,-z,noexecstack'

# build NAME FLAGS LINK-FLAGS: makes a program. Returns whether the compiler can.
build()
{
	# shellcheck disable=SC2086 # several flags
	cc $2 -o "$work/$1" "$top_srcdir/tests/targets/hardening/waits.c" $3 2>"$work/cc.err"
}

# checked [OPTION...]: checks the target, for programs.
checked()
{
	timeout 60 "$vastop" --check --format=json "$@" "$target_pid" >"$work/out" 2>"$work/err" 9>&-
	status=$?
}

# What was found in the target's own file, and in no file: the C library is not ours.
own_findings()
{
	jq -r --arg own "$1" '.checks[] | select(any(.evidence[]; .file == $own or .file == null
		or (.file | startswith("/") | not))) | .name' "$work/out" | sort | tr '\n' ' '
}

# finds NAME PROGRAM EXPECTED [ARGUMENT...]: starts it and compares what is found in it.
finds()
{
	finds_name=$1
	program=$work/$2
	expected=$3
	shift 3
	if ! start_program "$program" "$@"; then
		skip "$finds_name" 'the program cannot run here'
		return
	fi
	checked
	kill_target
	found=$(own_findings "$program")
	if [ "$found" = "${expected:+$expected }" ]; then
		pass "$finds_name"
	else
		fail "$finds_name" "expected '$expected', found '$found'
$(cat "$work/err")"
	fi
}

# Findings about the machine would be found in each of its programs.
if [ "$(cat /proc/sys/kernel/randomize_va_space)" != 2 ] || grep -q user_shstk /proc/cpuinfo; then
	skip 'check' 'this machine has findings of its own'
	tap_end
	exit 0
fi

# variant NAME EXPECTED FLAGS LINK-FLAGS: a program that lacks one thing.
variant()
{
	if ! build weak "$3" "$4"; then
		skip "$1" 'the compiler cannot make it'
		return
	fi
	finds "$1" weak "$2"
}

if ! build sound "$sound" "$link_sound"; then
	skip 'check' 'the compiler cannot make a sound program'
	tap_end
	exit 0
fi
finds 'a sound program is sound' sound ''
finds 'and one with a thread' sound '' thread
variant 'without -z now' partial-relro "$sound" '-pie -Wl,-z,relro,-z,lazy,-z,noexecstack'
variant 'without relro' no-relro "$sound" '-pie -Wl,-z,norelro,-z,now,-z,noexecstack'
variant 'with a fixed address' fixed-address '-O1 -pthread -fno-pie' \
	'-no-pie -Wl,-z,relro,-z,now,-z,noexecstack'
# Not all C libraries make the stack executable that a program asks for.
if build weak "$sound" '-pie -Wl,-z,relro,-z,now,-z,execstack' && start_program "$work/weak" thread; then
	stack=$(grep -c 'rwxp.*\[stack\]' "/proc/$target_pid/maps")
	checked
	kill_target
	check 'a program that asks for an executable stack is found' jq -e --arg own "$work/weak" '
		.checks[] | select(.name == "stack-request") |
		.state == "found" and any(.evidence[]; .file == $own)' "$work/out"
	check '... and its stack, where it has one' jq -e --argjson has "$stack" '
		.checks[] | select(.name == "executable-stack") |
		any(.evidence[]; .file == "[stack]") == ($has > 0)' "$work/out"
else
	skip 'a program that asks for an executable stack is found' 'the linker cannot make one'
fi
variant 'static, bound early' fixed-address '-O1 -pthread -fno-pie -static' \
	'-static -no-pie -Wl,-z,relro,-z,now,-z,noexecstack'
variant 'static and position-independent' '' "$sound -static-pie" \
	'-static-pie -Wl,-z,relro,-z,now,-z,noexecstack'
finds 'memory that is writable and executable' sound 'writable-executable' wx
finds 'a heap that is' sound 'executable-heap writable-executable' heap
finds 'a stack without a guard' sound 'unguarded-stack' unguarded

# A library whose code has to be written to.
printf '%s\n' 'extern int other; int *library(void) { return &other; } int other;' \
	>"$work/textrel.c"
if cc -shared -fno-pic -mcmodel=large -Wl,-z,notext -o "$work/libweak.so" "$work/textrel.c" \
	2>"$work/cc.err" && readelf -d "$work/libweak.so" | grep -q TEXTREL &&
	build weak "$sound -DLIBRARY" "$link_sound -Wl,-rpath,$work $work/libweak.so" &&
	start_program "$work/weak"; then
	checked
	kill_target
	check 'text relocations are found' jq -e --arg own "$work/libweak.so" '
		.checks[] | select(.name == "text-relocations") |
		.state == "found" and [.evidence[].file] == [$own]' "$work/out"
else
	skip 'text relocations are found' 'the compiler cannot make any that run'
fi

if command -v setarch >/dev/null && start_program setarch "$(uname -m)" -R "$work/sound"; then
	checked
	kill_target
	check 'that addresses are not randomized is found' jq -e '
		.checks[] | select(.name == "not-randomized") |
		.state == "found" and (.evidence[0].note | test("randomize"; "i"))' "$work/out"
else
	skip 'that addresses are not randomized is found' 'setarch cannot turn it off'
fi

# A library that others may write to, that is replaced, and that is gone.
mkdir -m 755 "$work/open"
chmod 755 "$work"
cp "$work/library.c" "$work/open"
cc -shared -fPIC -Wl,-z,now -o "$work/open/libopen.so" "$work/library.c"
build uses "$sound -DLIBRARY" "$link_sound -Wl,-rpath,$work/open $work/open/libopen.so"

# place NAME MODE-OF-FOLDER MODE-OF-FILE PATTERN: what is said of the library there.
place()
{
	chmod "$2" "$work/open"
	chmod "$3" "$work/open/libopen.so"
	start_program "$work/uses"
	checked
	kill_target
	check "$1" jq -e --arg own "$work/open/libopen.so" --arg says "$4" '
		[.checks[] | select(.name == "foreign-writer").evidence[] |
		select(.file == $own).note] | if $says == "" then . == []
		else length == 1 and (.[0] | test($says)) end' "$work/out"
}

place 'a library that nobody else may write to' 755 644 ''
place 'one that everyone may write to' 755 666 'everyone may write to it'
place 'one in a folder that everyone may write to' 777 644 'everyone may write to .*/open$'
place 'one beside which everyone may add others' 1777 644 'everyone may add files to .*/open$'
place 'a file that is open in a folder that is not' 700 666 ''
if [ "$(id -u)" = 0 ]; then
	chown 4711 "$work/open/libopen.so"
	place 'one that another user owns' 755 644 'user 4711 owns it'
	chown 0:4712 "$work/open/libopen.so"
	place 'one that a group may write to' 755 664 'group 4712 may write to it'
	chgrp 0 "$work/open/libopen.so"
else
	skip 'one that another user owns' 'only root can give files away'
fi
chmod 755 "$work/open"
chmod 644 "$work/open/libopen.so"

# gone NAME PATTERN: what is said of the library now.
gone()
{
	checked
	check "$1" jq -e --arg own "$work/open/libopen.so" --arg says "$2" '
		.checks[] | select(.name == "deleted-file") |
		[.evidence[] | select(.file == $own).note] == [$says]' "$work/out"
}

start_program "$work/uses"
cp "$work/open/libopen.so" "$work/open/new"
mv "$work/open/new" "$work/open/libopen.so"
gone 'a library that was replaced' 'replaced by another file'
rm "$work/open/libopen.so"
gone 'one that was deleted' 'deleted'
kill_target

# What only watching shows.
start_program "$work/sound" grows
# On a busy machine it has pauses that are not its own.
is_seen_to_grow()
{
	checked --samples=16 --delay=0.05
	jq -e '.watched_seconds > 0.5 and (.checks[] | select(.name == "steady-growth") |
		.state == "found" and any(.evidence[]; .kind == "heap" and .unit == "bytes"))' \
		"$work/out"
}
check 'a heap that grows without pause' wait_until is_seen_to_grow
kill_target
start_program "$work/sound"
checked --samples=16 --delay=0.02
check 'one that does not' jq -e '
	.checks[] | select(.name == "steady-growth") | .state == "none"' "$work/out"
kill_target

# A target whose stdin is ours: what it does in between is seen.
mkfifo "$work/turn" "$work/says2"
"$work/sound" turns <"$work/turn" >"$work/says2" 9>&- &
target_pid=$!
children="$children $target_pid"
exec 6>"$work/turn"
head -n 1 "$work/says2" >/dev/null
"$vastop" --check --format=json --samples=200 --delay=0.02 "$target_pid" \
	>"$work/out" 2>"$work/err" 9>&- 6>&- &
checking=$!
children="$children $checking"
# Sampling keeps statm open, and reads more files with each sample.
sampling()
{
	find "/proc/$checking/fd" -lname "/proc/$target_pid/statm" 2>/dev/null | grep -q .
}
reads()
{
	sed -n 's/^syscr: //p' "/proc/$checking/io" 2>/dev/null
}
has_read()
{
	[ "$(reads || echo 0)" -gt "$1" ] 2>/dev/null
}
wait_until grep -q rwxp "/proc/$target_pid/maps"
wait_until sampling
wait_until has_read "$(($(reads) + 50))"
echo >&6
wait_for "$checking"
exec 6>&-
if grep -q 'rwxp' "/proc/$target_pid/maps"; then
	fail 'memory that was writable and executable' 'it still is'
else
	check 'memory that was writable and executable' jq -e '
		[.checks[] | select(.name == "was-writable-executable", .name == "writable-executable")
		.state] == ["none", "found"]' "$work/out"
fi
kill_target

# What looks at others stands its own check.
start_program "$work/sound"
watched=$target_pid
if [ -z "${HARDENING-}" ]; then
	skip 'vastop itself' 'configured with --disable-hardening'
else
	"$vastop" --events --delay=0.05 "$watched" >"$work/events" 2>&1 9>&- &
	target_pid=$!
	children="$children $target_pid"
	wait_until is_sampling "$target_pid"
	checked
	kill "$target_pid"
	check 'vastop itself: nothing is found' test "$status" -le 1 -a -z "$(own_findings "$(readlink -f "$vastop")")"
	target_pid=$watched
fi

# Exit statuses.
"$vastop" --check 2147483647 >"$work/out" 2>&1 9>&-
check 'no such process has its status' test $? -eq 3
"$vastop" --check "$target_pid" "$target_pid" >"$work/text" 2>&1 9>&-
status=$?
check 'one process is checked once' test "$(grep -c "^$target_pid " "$work/text")" -eq 1
check 'each check is named' test "$("$vastop" --check --format=json "$target_pid" |
	jq '.checks | length')" -eq 21
check 'the manual page has them all' test "$("$vastop" --check --format=json "$target_pid" |
	jq -r '.checks[] | .name + " (" + .severity + ")"' | sed 's/-/\\-/g; s/^\(.*\) (\(.*\))$/.BR \1 " (\2)"/' |
	grep -cxFf - "$top_srcdir/doc/vastop.1")" -eq 21
"$vastop" --check "$target_pid" >/dev/full 2>"$work/err" 9>&-
check 'that nothing could be written is no finding' test $? -eq 5
kill_target
if start_program "$work/sound" wx; then
	"$vastop" --check "$target_pid" 2147483647 >"$work/text" 2>"$work/err" 9>&-
	check 'something that was found goes before what went wrong' test $? -eq 1
	check '... which is said, too' grep -q 2147483647 "$work/err"
	kill_target
fi
# A static program has nobody's libraries: what is sound is sound.
if build static "$sound -static-pie" '-static-pie -Wl,-z,relro,-z,now,-z,noexecstack' &&
	start_program "$work/static"; then
	checked
	check 'a process that is wholly sound has status 0' test "$status" -eq 0
	check '... and nothing that is not known' jq -e 'all(.checks[]; .unknown == [])' "$work/out"
	kill_target
else
	skip 'a process that is wholly sound has status 0' 'no static programs can be made'
fi

# Names full of what terminals and JSON take amiss.
hostile=$(printf 'a\033[31m\n"\\,\377b')
cp "$work/weak" "$work/$hostile" 2>/dev/null
build weak "$sound" '-pie -Wl,-z,norelro,-z,noexecstack' && cp "$work/weak" "$work/$hostile"
if start_program "$work/$hostile"; then
	checked
	check 'hostile names are valid JSON' jq -e '
		[.checks[] | select(.name == "no-relro").evidence[].file] | length == 1' "$work/out"
	"$vastop" --check "$target_pid" >"$work/text" 2>&1 9>&-
	check '... and harmless text' sh -c '! LC_ALL=C grep -q "[^ -~	]" "$1"' sh "$work/text"
	kill_target
else
	skip 'hostile names are valid JSON' 'the file system refuses them'
fi

# Others say the same of the same files.
if command -v checksec >/dev/null; then
	differences=
	for flags in relro,-z,now relro,-z,lazy norelro; do
		for pie in -pie -no-pie; do
			fpie=-fPIE
			[ "$pie" = -pie ] || fpie=-fno-pie
			build weak "-O1 -pthread $fpie" "$pie -Wl,-z,$flags" || continue
			says=$(checksec --file="$work/weak" --output=csv 2>/dev/null)
			start_program "$work/weak" || continue
			checked
			kill_target
			found=" $(own_findings "$work/weak")"
			case $says in
			Full*) want=full ;;
			Partial*) want=partial ;;
			*) want=none ;;
			esac
			case $found in
			*' no-relro '*) is=none ;;
			*' partial-relro '*) is=partial ;;
			*) is=full ;;
			esac
			[ "$want" = "$is" ] || differences="$differences $flags$pie: relro $want, $is;"
			case $says in
			*'PIE enabled'*) want=no ;;
			*) want=yes ;;
			esac
			case $found in
			*' fixed-address '*) is=yes ;;
			*) is=no ;;
			esac
			[ "$want" = "$is" ] || differences="$differences $flags$pie: fixed $want, $is;"
		done
	done
	none 'checksec says the same' "$differences"
else
	skip 'checksec says the same' 'checksec not found'
fi
tap_end
