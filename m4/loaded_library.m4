# SPDX-License-Identifier: GPL-2.0-or-later

# VASTOP_LOADED_LIBRARY([VARIABLE], [LIBS], [NAME])
# -------------------------------------------------
# Sets and defines VARIABLE_SONAME: what the dynamic loader is asked for at run time to find the
# library NAME, which LIBS link.
AC_DEFUN([VASTOP_LOADED_LIBRARY], [
AC_MSG_CHECKING([by what name $3 is loaded])
vastop_save_libs=$LIBS
LIBS="-Wl,--no-as-needed $2 $LIBS"
AC_LINK_IFELSE([AC_LANG_PROGRAM([], [])],
	[$1_SONAME=`$READELF -d conftest$EXEEXT | grep 'NEEDED.*$3' | $SED -e 's/.*: .//' -e 's/.$//'`])
LIBS=$vastop_save_libs
AC_MSG_RESULT([${$1_SONAME:-nothing}])
AS_IF([test -z "$$1_SONAME"], [AC_MSG_ERROR([cannot find the name that $2 is loaded by])])
AC_DEFINE_UNQUOTED([$1_SONAME], ["$$1_SONAME"], [The name that the library is loaded by.])
])
