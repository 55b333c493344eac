/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kernel/capabilities.h"

/* A line of /proc/self/status, "CapEff", as the kernel has it. */
static uint64_t set_of(const char *name)
{
	FILE *file = fopen("/proc/self/status", "r");
	const size_t length = strlen(name);
	char line[256];
	uint64_t set = 0;

	while (file && fgets(line, sizeof(line), file))
		if (!strncmp(line, name, length) && line[length] == ':')
			set = strtoull(line + length + 1, NULL, 16);
	if (file)
		fclose(file);
	return set;
}

/* In a child: what it gives up it does not get back. Returns whether it has just what it should. */
static int has_only(uint64_t kept)
{
	const uint64_t effective = set_of("CapEff"), permitted = set_of("CapPrm");

	return !capabilities_keep(kept) && set_of("CapEff") == (effective & kept) &&
	       set_of("CapPrm") == (permitted & kept) && !set_of("CapInh") && !set_of("CapAmb") &&
	       !capabilities_keep(~UINT64_C(0)) && set_of("CapPrm") == (permitted & kept);
}

static void check_child(uint64_t kept)
{
	int status;
	pid_t child = fork();

	if (child == 0)
		_exit(has_only(kept));
	assert_true(child > 0);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 1);
}

static void all_others_are_given_up(void **state)
{
	(void)state;
	check_child(0);
	check_child(CAPABILITY_BIT(CAP_SYS_PTRACE) | CAPABILITY_BIT(CAP_DAC_READ_SEARCH));
	check_child(CAPABILITY_BIT(CAP_CHECKPOINT_RESTORE) | CAPABILITY_BIT(CAP_CHOWN));
	check_child(~UINT64_C(0));
}

static void the_kernel_says_which_there_are(void **state)
{
	(void)state;
	assert_true(capabilities_has(CAP_CHOWN));
	assert_false(capabilities_has(63));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_others_are_given_up),
		cmocka_unit_test(the_kernel_says_which_there_are),
	};

	return cmocka_run_group_tests_name("capabilities", tests, NULL, NULL);
}
