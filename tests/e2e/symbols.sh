#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Symbols and sections as --locate says them, of programs built in many ways and languages: what
# the program knows of itself, what nm and readelf find in its file, and vastop agree.

set -u
. "${top_srcdir:?}/tests/e2e/lib.sh"

need nm readelf strip objcopy
sources=$top_srcdir/tests/targets

# start PROGRAM: starts it, and waits until it has written what it knows to names.
start()
{
	rm -f "$work/names"
	start_program "$1" "$work/names"
}

locate()
{
	"$vastop" --locate="$1" "$target_pid" 2>&1
}

# said LABEL: what the answer on stdin says there, less what it says more.
said()
{
	sed -n "s/^$1  *\\([^,]*\\).*/\\1/p"
}

# The symbol at each address, and the address of each symbol.
wrong_symbols()
{
	while read -r name address; do
		case $name in
		heap | stack | string) continue ;;
		esac
		answer=$(locate "0x$address")
		[ "$(printf '%s\n' "$answer" | sed -n 's/^symbol   \(.*\), [a-z]*$/\1/p')" = "$name" ] ||
			printf '%s at %s:\n%s\n' "$name" "$address" "$answer"
		[ "$(locate "program:$name" | sed -n 's/^address  \([0-9a-f]*\).*/\1/p')" = "$address" ] ||
			printf '%s is not found at %s: %s\n' "$name" "$address" "$(locate "program:$name")"
	done <"$work/names"
}

# What has no symbol of its own lies where C puts it.
wrong_places()
{
	while read -r name address; do
		case $name in
		heap) wanted='mapping +\[heap\]' ;;
		stack) wanted='mapping +\[stack\]' ;;
		string) wanted='section +\.rodata' ;;
		*) continue ;;
		esac
		locate "0x$address" | grep -qE "^$wanted" || locate "0x$address" | sed "s/^/$name: /"
	done <"$work/names"
}

# The sections that take addresses when the file is loaded: name, first and last byte (in the file).
sections()
{
	readelf -SW "$1" | sed -n 's/^ *\[ *[0-9]*\] *//p' | awk '
		$7 ~ /A/ && $1 != "NULL" && !($2 == "NOBITS" && $7 ~ /T/) { print $1, $3, $5 }' |
		while read -r name start size; do
			[ $((0x$size)) -eq 0 ] ||
				printf '%s %x %x\n' "$name" $((0x$start)) $((0x$start + 0x$size - 1))
		done
}

# wrong_sections FILE BIAS: where a section does not begin and end, to the byte, where readelf says.
wrong_sections()
{
	sections "$1" | grep -E '^\.(text|rodata|data|bss|init_array|got|noptrdata|noptrbss) ' |
		while read -r name first last; do
			for address in "$first" "$last"; do
				there=$(locate "0x$(printf %x $(($2 + 0x$address)))" | said section)
				[ "${there%+0x*}" = "$name" ] ||
					echo "$address is in $name, not in '$there'"
			done
			there=$(locate "0x$(printf %x $(($2 + 0x$last + 1)))" | said section)
			[ "${there%+0x*}" != "$name" ] || echo "$name goes on behind $last"
		done
}

# The load bias: an address in memory less the same in the file, as nm has it: bias FILE NAME
bias()
{
	there=$(sed -n "s/^$2 //p" "$work/names")
	file=$(nm -C "$1" | sed -n "s/^\\([0-9a-f]*\\) [a-zA-Z] $2\$/\\1/p" | head -n 1)
	[ -n "$there" ] && [ -n "$file" ] && echo $((0x$there - 0x$file))
}

# compare NAME PROGRAM FILE SYMBOL: the running program with its file before it was stripped.
compare()
{
	if ! start "$2"; then
		fail "$1: the program runs" "$2 did not get ready"
		return
	fi
	none "$1: symbols are where the program says" "$(wrong_symbols)"
	grep -q '^heap ' "$work/names" && none "$1: heap, stack and strings" "$(wrong_places)"
	if offset=$(bias "$3" "$4"); then
		none "$1: sections are those of readelf, to the byte" "$(wrong_sections "$3" "$offset")"
	else
		fail "$1: nm knows $4"
	fi
	kill_target
}

# build NAME COMMAND...: builds $work/NAME; else the tests of it are skipped.
build()
{
	built=$work/$1
	name=$1
	shift
	mkdir -p "$work/home"
	if ! command -v "$1" >/dev/null || ! timeout 300 "$@" -o "$built" >"$work/build.log" 2>&1; then
		skip "$name" "cannot be built here: $(tail -n 1 "$work/build.log" 2>/dev/null)"
		return 1
	fi
}

# The ways to build C; -g0 and -O1 whatever CFLAGS are.
for way in '-pie -fPIE' '-no-pie -fno-pie' '-static' '-static-pie -fPIE' '-m32' \
	'-Wl,-z,noseparate-code' '-Wl,-z,norelro -Wl,-z,lazy'; do
	# shellcheck disable=SC2086 # a list of words
	build "c$(printf %s "$way" | tr -cd 'a-z0-9-')" cc -O1 $way -I"$sources" "$sources/names.c" ||
		continue
	compare "C $way" "$built" "$built" names_data
done

# The line of the source, of the file itself and of its debug file.
if ! grep -q '^#define HAVE_LIBDW' "$top_builddir/config.h" || ! command -v addr2line >/dev/null; then
	skip 'lines of sources are those of addr2line' 'libdw or addr2line not found'
elif build lines cc -g -O1 -pie -fPIE -I"$sources" "$sources/names.c"; then
	cp "$built" "$work/whole"
	for where in 'the file' 'its debug file'; do
		if [ "$where" = 'its debug file' ]; then
			objcopy --only-keep-debug "$work/whole" "$work/lines.debug"
			strip "$built"
			(cd "$work" && objcopy --add-gnu-debuglink=lines.debug "$built")
		fi
		start "$built"
		address=$(sed -n 's/^names_function //p' "$work/names")
		file=$(printf %x $((0x$address - $(bias "$work/whole" names_function))))
		wanted=$(addr2line -e "$work/whole" "0x$file" | sed 's|.*/||; s/ .*//')
		there=$(locate "0x$address" | said source | sed 's|.*/||')
		if [ -n "$wanted" ] && [ "$there" = "$wanted" ]; then
			pass "lines of sources are those of addr2line, from $where"
		else
			fail "lines of sources are those of addr2line, from $where" \
				"'$there', not '$wanted'"
		fi
		kill_target
	done
fi

if build stripped cc -O1 -I"$sources" "$sources/names.c"; then
	cp "$built" "$work/whole"
	strip "$built"
	if start "$built"; then
		address=$(sed -n 's/^names_local //p' "$work/names")
		if locate "0x$address" | grep -q '^symbol   none known: the file is stripped'; then
			pass 'stripped: says why no symbol is known'
		else
			fail 'stripped: says why no symbol is known' "$(locate "0x$address")"
		fi
		none 'stripped: sections are those of readelf, to the byte' \
			"$(wrong_sections "$built" "$(bias "$work/whole" names_data)")"
		kill_target
	fi

	# A debug file beside it: found by its name, proven by the build-id or the CRC.
	objcopy --only-keep-debug "$work/whole" "$work/stripped.debug"
	(cd "$work" && objcopy --add-gnu-debuglink=stripped.debug "$built")
	compare 'stripped with a debug file' "$built" "$work/whole" names_data
	objcopy --remove-section=.note.gnu.build-id "$built"
	compare 'stripped with a debug file of the same CRC' "$built" "$work/whole" names_data
	printf x >>"$work/stripped.debug"
	if start "$built"; then
		if locate "0x$(sed -n 's/^names_data //p' "$work/names")" |
			grep -q '^symbol   none known'; then
			pass 'a debug file of another CRC is not taken'
		else
			fail 'a debug file of another CRC is not taken'
		fi
		kill_target
	fi
fi

if grep -q '^#define HAVE_LIBIBERTY' "$top_builddir/config.h"; then
	if build cpp c++ -O1 "$sources/languages/names.cpp"; then
		compare 'C++' "$built" "$built" 'names::data'
	fi
	if build rust rustc -C opt-level=1 "$sources/languages/names.rs"; then
		compare 'Rust' "$built" "$built" 'names::DATA'
	fi
else
	skip 'C++ and Rust' 'vastop was built without libiberty'
fi

# Stripped programs of Go still have their own table of functions.
export GOCACHE="$work/go" GO111MODULE=off GOTOOLCHAIN=local
for way in exe pie; do
	# shellcheck disable=SC2016 # its own shell expands it: the source, -o and the program
	build "go-$way" sh -c "go build -buildmode=$way"' -o "$3" "$1"' sh "$sources/languages/names.go" ||
		continue
	compare "Go $way" "$built" "$built" main.Data
	cp "$built" "$work/whole"
	strip "$built"
	if start "$built"; then
		sed -i /Data/d "$work/names"
		none "Go $way, stripped: functions are where the program says" "$(wrong_symbols)"
		kill_target
	fi
done
tap_end
