# SPDX-License-Identifier: GPL-2.0-or-later
#
# Which hardening the compiler, the C library and the linker know. Each flag is tried and only what
# works is used; HARDENING names it, for the summary and for tests/lint/hardening.sh, which looks
# for it in the program.

# _VASTOP_TRY(NAME, COMPILER-FLAGS, LINKER-FLAGS, CONDITION): NAME is on when a program can be built
# with the flags, every warning being an error, and the preprocessor's CONDITION then holds. The
# user's own flags come after them, as in the build.
AC_DEFUN([_VASTOP_TRY], [
	hardening_cflags="$2" hardening_ldflags="$3"
	AC_MSG_CHECKING([for $1 (]m4_normalize([$2 $3])[)])
	hardening_saved_cflags=$CFLAGS hardening_saved_ldflags=$LDFLAGS
	CFLAGS="-Werror $hardening_cflags $CFLAGS" LDFLAGS="$hardening_ldflags -Wl,--fatal-warnings $LDFLAGS"
	AC_LINK_IFELSE([AC_LANG_SOURCE([[
			#include <string.h>
			#if !(]m4_default([$4], [1])[)
			#error "not in force"
			#endif
			int main(void) { return 0; }]])],
		[AC_MSG_RESULT([yes])
		HARDENING="$HARDENING $1"
		HARDENING_CFLAGS="$HARDENING_CFLAGS $hardening_cflags"
		HARDENING_LDFLAGS="$HARDENING_LDFLAGS $hardening_ldflags"],
		[AC_MSG_RESULT([no])])
	CFLAGS=$hardening_saved_cflags LDFLAGS=$hardening_saved_ldflags
])

# Level 3, else 2; what the user's own flags say about it stands. It needs optimization (the C
# library warns without). Sanitizers see more, and do not see through the checked functions.
AC_DEFUN([_VASTOP_FORTIFY], [
	AS_CASE([" $CPPFLAGS $CFLAGS"], [*_FORTIFY_SOURCE*], [fortify_3= fortify_2=],
		[fortify_3='-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3'
		fortify_2='-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2'])
	_VASTOP_TRY([fortify=3], [$fortify_3], [], [defined __USE_FORTIFY_LEVEL && __USE_FORTIFY_LEVEL == 3])
	AS_CASE([$HARDENING], [*fortify*], [],
		[_VASTOP_TRY([fortify=2], [$fortify_2], [],
			[defined __USE_FORTIFY_LEVEL && __USE_FORTIFY_LEVEL == 2])])
])

# The processor enforces it only in a program all of whose objects have it, those that the C
# library brings included: then the linker marks the program.
AC_DEFUN([_VASTOP_MARKED], [
	AC_MSG_CHECKING([whether the linker marks programs so])
	hardening_saved=$CFLAGS
	CFLAGS="$HARDENING_CFLAGS $CFLAGS"
	AC_LINK_IFELSE([AC_LANG_PROGRAM([], [])],
		[AS_IF(["$READELF" -nW "conftest$EXEEXT" 2>/dev/null | grep -Eq 'IBT|BTI'],
			[AC_MSG_RESULT([yes])
			HARDENING="$HARDENING branches-enforced"],
			[AC_MSG_RESULT([no, objects of the C library lack it])])],
		[AC_MSG_RESULT([no])])
	CFLAGS=$hardening_saved
])

AC_DEFUN([VASTOP_HARDENING], [
	AC_ARG_ENABLE([hardening], [AS_HELP_STRING([--disable-hardening],
		[build without the hardening that the compiler and the linker offer])])
	HARDENING= HARDENING_CFLAGS= HARDENING_LDFLAGS=
	AS_IF([test "$enable_hardening" != no], [
		_VASTOP_TRY([pie], [-fPIE], [-pie], [defined __PIE__])
		_VASTOP_TRY([relro], [], [-Wl,-z,relro])
		_VASTOP_TRY([now], [], [-Wl,-z,now])
		_VASTOP_TRY([noexecstack], [], [-Wl,-z,noexecstack])
		_VASTOP_TRY([separate-code], [], [-Wl,-z,separate-code])
		AS_IF([test "$enable_sanitizers" != yes], [_VASTOP_FORTIFY])
		_VASTOP_TRY([stack-protector], [-fstack-protector-strong], [],
			[defined __SSP_STRONG__ || defined __SSP_ALL__])
		_VASTOP_TRY([stack-clash], [-fstack-clash-protection])
		_VASTOP_TRY([zeroed-variables], [-ftrivial-auto-var-init=zero])
		AS_CASE([$host_cpu],
			[x86_64 | i?86], [_VASTOP_TRY([branches], [-fcf-protection], [], [defined __CET__])],
			[aarch64], [_VASTOP_TRY([branches], [-mbranch-protection=standard], [],
				[defined __ARM_FEATURE_BTI_DEFAULT])])
		AS_CASE([$HARDENING], [*branches], [_VASTOP_MARKED])
		HARDENING=${HARDENING# }
	])
	AC_SUBST([HARDENING])
	AC_SUBST([HARDENING_CFLAGS])
	AC_SUBST([HARDENING_LDFLAGS])
])
