# SPDX-License-Identifier: GPL-2.0-or-later
#
# How the suite runs: every test speaks TAP, so that each case counts by itself.

TEST_EXTENSIONS = .sh
LOG_DRIVER = env CMOCKA_MESSAGE_OUTPUT=TAP $(SHELL) $(top_srcdir)/build-aux/tap-driver.sh
SH_LOG_DRIVER = $(SHELL) $(top_srcdir)/build-aux/tap-driver.sh
AM_TESTS_ENVIRONMENT = top_srcdir='$(abs_top_srcdir)'; top_builddir='$(abs_top_builddir)'; \
	LC_ALL=C.UTF-8; TZ=UTC; NM='$(NM)'; \
	export top_srcdir top_builddir LC_ALL TZ NM;
SH_LOG_COMPILER = $(SHELL)

script_tests += \
	tests/lint/layers.sh \
	tests/lint/pure.sh \
	tests/lint/globals.sh \
	tests/lint/format.sh \
	tests/lint/distribution.sh

if HAVE_CMOCKA
check_PROGRAMS += $(unit_tests)
TESTS += $(unit_tests)
endif
TESTS += $(script_tests)
EXTRA_DIST += $(script_tests) tests/tap.sh tests/summary.sh
