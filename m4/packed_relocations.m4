# SPDX-License-Identifier: GPL-2.0-or-later

# VASTOP_PACKED_RELOCATIONS
# -------------------------
# Sets PACKING_LDFLAGS to what makes the linker pack relative relocations, where the loader of this
# machine knows these too: the program is smaller, and starts with fewer page faults. A program of
# an older loader would not start, so that cross-compiling there are none.
AC_DEFUN([VASTOP_PACKED_RELOCATIONS], [
AC_MSG_CHECKING([whether relative relocations can be packed])
PACKING_LDFLAGS=
vastop_save_cflags=$CFLAGS vastop_save_ldflags=$LDFLAGS
CFLAGS="$HARDENING_CFLAGS $CFLAGS"
LDFLAGS="$HARDENING_LDFLAGS -Wl,-z,pack-relative-relocs -Wl,--fatal-warnings $LDFLAGS"
AC_RUN_IFELSE([AC_LANG_PROGRAM([[
	static int number = 7;
	static int *const pointers[] = {&number, &number, &number};]],
	[[return *pointers[number % 3] != 7;]])],
	[AC_MSG_RESULT([yes])
	PACKING_LDFLAGS=-Wl,-z,pack-relative-relocs],
	[AC_MSG_RESULT([no])],
	[AC_MSG_RESULT([not known, cross-compiling])])
CFLAGS=$vastop_save_cflags LDFLAGS=$vastop_save_ldflags
AC_SUBST([PACKING_LDFLAGS])
])
