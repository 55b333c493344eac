#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The hardening that configure says is on is in the program: read from its headers, its symbols and
# its code. HARDENING is configure's list (m4/hardening.m4).

set -u
. "${top_srcdir:?}/tests/tap.sh"
cd "${top_builddir:?}" || exit 1
READELF=${READELF:-readelf}
OBJDUMP=${OBJDUMP:-objdump}

if [ -z "${HARDENING-}" ]; then
	skip 'the program is hardened' 'configured with --disable-hardening'
	tap_end
	exit 0
elif ! command -v "$READELF" >/dev/null || ! command -v "$OBJDUMP" >/dev/null; then
	skip 'the program is hardened' 'readelf or objdump not found'
	tap_end
	exit 0
fi

# shows READELF-OPTION PATTERN [FILE]
shows()
{
	"$READELF" -W "$1" "${3-vastop}" | grep -qE -- "$2"
}

lacks()
{
	! shows "$@"
}

# One segment of code, that holds neither the headers before it nor constants behind it.
code_is_separate()
{
	"$READELF" -lW vastop | awk '
		$1 == "LOAD" && /R[W ]E / { code++; at = segments }
		$1 == "LOAD" { segments++ }
		END { exit !(code == 1 && at > 0 && at < segments - 1) }'
}

# A large frame is made page by page, and each page touched without a change, before or after.
stack_is_probed()
{
	"$OBJDUMP" -d --no-show-raw-insn vastop | awk '
		{
			touches = /(x?or|mov)[ql]? +\$0x0,\(%[er]sp\)|str[ \t]+xzr, \[sp/
			makes = /sub[ \t]+(\$0x1000,%[er]sp|sp, sp, )/
			probed += touches && made || makes && touched
			touched = touches
			made = makes
		}
		END { exit !probed }'
}

# Every object of the program has the mark that its indirect branches land where they may.
branches_are_marked()
{
	members=$(ar t libpure.a && ar t libworld.a && echo main.o) || return 1
	marked=$({
		"$READELF" -nW libpure.a
		"$READELF" -nW libworld.a
		"$READELF" -nW src/app/main.o
	} | grep -cE 'IBT|BTI')
	[ "$marked" -eq "$(printf '%s\n' "$members" | wc -l)" ]
}

# What every compiler, C library and linker that can build vastop has.
for name in relro now noexecstack; do
	case " $HARDENING " in
	*" $name "*) pass "configure turns $name on" ;;
	*) fail "configure turns $name on" "it says: $HARDENING" ;;
	esac
done

for name in $HARDENING; do
	case $name in
	pie) check 'pie: the program is position-independent' shows -d 'FLAGS_1.*PIE' ;;
	relro) check 'relro: relocations are read-only' shows -l '^ +GNU_RELRO' ;;
	now) check 'now: ... all of them, from the start on' shows -d 'FLAGS_1.*NOW' ;;
	noexecstack) check 'noexecstack: the stack cannot be executed' shows -l '^ +GNU_STACK.* RW ' ;;
	separate-code) check 'separate-code: only code can be executed' code_is_separate ;;
	fortify=*) check "$name: checked functions are called" shows --dyn-syms ' __v?(f|sn?)printf_chk' ;;
	stack-protector) check 'stack-protector: functions look after their frames' \
		shows --dyn-syms ' __stack_chk_fail' ;;
	stack-clash) check 'stack-clash: large frames are probed' stack_is_probed ;;
	zeroed-variables) check 'zeroed-variables: no variable begins with what was on the stack' \
		grep -q '^HARDENING_CFLAGS = .*-ftrivial-auto-var-init=zero' Makefile ;;
	branches) check 'branches: every object has the mark' branches_are_marked ;;
	branches-enforced) check 'branches-enforced: the program has the mark' shows -n 'IBT|BTI' ;;
	*) fail "$name is looked for" 'no test knows it' ;;
	esac
done
tap_end
