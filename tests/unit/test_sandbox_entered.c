/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <inttypes.h>
#include <linux/seccomp.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "app/compare_screen.h"
#include "app/options.h"
#include "app/sandbox.h"
#include "app/sandbox_filters.h"
#include "base/text.h"
#include "call_log.h"
#include "kernel/capabilities.h"
#include "kernel/landlock.h"
#include "kernel/open_below.h"
#include "record/recording_file.h"

/* What each sort of run gives up, and in which order; the kernel is stood in for. */

/* Not there in a build without filters. */
#pragma weak sandbox_filters

static struct {
	bool has_checkpoint_restore, compares_on_screen;
	int privileges, seccomp; /* what prctl(2) returns */
	int refusals;            /* of the next filters */
	int landlock;            /* its version */
	unsigned needs;          /* whose filter is expected */
} script;

/* What openat2(2) is asked for lies at made up addresses, of more than 32 bits. */
static const void *argument_of(enum open_below_way way)
{
	return (const void *)(UINT64_C(0x123400005678) + 0x100000000 * way + way); // NOLINT
}

const void *open_below_argument(enum open_below_way way)
{
	return argument_of(way);
}

void open_below_seal(void)
{
	call_log_say("seal");
}

bool compare_screen_is_meant(const struct options *options)
{
	(void)options;
	return script.compares_on_screen;
}

bool capabilities_has(unsigned capability)
{
	assert_int_equal(capability, CAP_CHECKPOINT_RESTORE);
	return script.has_checkpoint_restore;
}

int capabilities_keep(uint64_t kept)
{
	char bits[200] = "";
	size_t length = 0;

	for (int bit = 0; bit < 64; bit++)
		if (kept >> bit & 1)
			length +=
				(size_t)snprintf(bits + length, sizeof(bits) - length, " %d", bit);
	call_log_say("keep%s", bits);
	return -EPERM;
}

int landlock_version(void)
{
	return script.landlock;
}

int landlock_forbid_writing(const char *folder)
{
	call_log_say("only %s", folder);
	return 0;
}

const char *recording_file_rescue_folder(void)
{
	return "/rescue";
}

int prctl(int option, ...)
{
	va_list arguments;
	unsigned long value;

	va_start(arguments, option);
	value = (unsigned)va_arg(arguments, int);
	va_end(arguments);
	if (option == PR_GET_SECCOMP)
		return script.seccomp;
	assert_int_equal(option, PR_SET_NO_NEW_PRIVS);
	call_log_say("no new privileges %lu", value);
	return script.privileges;
}

static uint32_t filled_in(uint32_t operand)
{
	for (unsigned way = 0; way < OPEN_BELOW_WAYS; way++) {
		const uint64_t address = (uintptr_t)argument_of((enum open_below_way)way);

		if (operand == SANDBOX_MARK_HIGH(way))
			return (uint32_t)(address >> 32);
		if (operand == SANDBOX_MARK_LOW(way))
			return (uint32_t)address;
	}
	return operand;
}

/* Fails the test unless that is the filter for what the script needs, with addresses in it. */
static void check_filter(const struct sock_fprog *program)
{
	const struct sandbox_filter *filter = sandbox_filters;

	while (filter->count && filter->needs != script.needs)
		filter++;
	assert_true(filter->count > 0);
	assert_int_equal(program->len, filter->count);
	for (unsigned i = 0; i < filter->count; i++) {
		assert_int_equal(program->filter[i].code, filter->instructions[i].code);
		assert_int_equal(program->filter[i].jt, filter->instructions[i].jt);
		assert_int_equal(program->filter[i].jf, filter->instructions[i].jf);
		assert_int_equal(program->filter[i].k, filled_in(filter->instructions[i].k));
	}
}

long syscall(long number, ...)
{
	const struct sock_fprog *program;
	unsigned operation, flags;
	va_list arguments;

	va_start(arguments, number);
	operation = va_arg(arguments, unsigned);
	flags = va_arg(arguments, unsigned);
	program = va_arg(arguments, const struct sock_fprog *);
	va_end(arguments);
	assert_int_equal(number, SYS_seccomp);
	assert_int_equal(operation, SECCOMP_SET_MODE_FILTER);
	assert_true(flags == 0 || flags == SECCOMP_FILTER_FLAG_SPEC_ALLOW);
	check_filter(program);
	call_log_say("filter%s", flags ? ", fast" : "");
	if (!script.refusals)
		return 0;
	script.refusals--;
	errno = EINVAL;
	return -1;
}

static bool filters(void)
{
	struct text words = {0};
	bool has;

	script.seccomp = 0;
	sandbox_append_words(&words);
	has = strstr(text_string(&words), "seccomp");
	text_finish(&words);
	return has;
}

static int reset(void **state)
{
	(void)state;
	memset(&script, 0, sizeof(script));
	script.has_checkpoint_restore = true;
	call_log_clear();
	return 0;
}

/* Confines a run; expected are the capabilities, and what the filter is for. */
static void enters(const struct options *options, const char *kept, bool reads_only, unsigned needs)
{
	char expected[300];

	script.needs = needs;
	sandbox_enter(options);
	snprintf(expected, sizeof(expected), "keep%s\nno new privileges 1\n%sseal\n%s", kept,
		 reads_only ? "only /rescue\n" : "", filters() ? "filter, fast\n" : "");
	call_log_expect(expected);
}

#define ENTERS(kept, needs, ...) \
	enters(&(const struct options){__VA_ARGS__}, kept, false, SANDBOX_ALWAYS | (needs))
#define ENTERS_READ_ONLY(kept, needs, ...) \
	enters(&(const struct options){__VA_ARGS__}, kept, true, SANDBOX_ALWAYS | (needs))

/* dac_override 1, dac_read_search 2, ipc_lock 14, sys_ptrace 19, sys_admin 21, perfmon 38,
 * checkpoint_restore 40 */

static void a_run_keeps_what_it_takes_to_look_at_processes(void **state)
{
	(void)state;
	ENTERS(" 2 19 40", SANDBOX_NO_FILES | SANDBOX_PROCESS, .action = ACTION_ONCE);
	ENTERS(" 2 19 40", SANDBOX_NO_FILES | SANDBOX_PROCESS, .action = ACTION_CHECK);
	ENTERS(" 2 14 19 38 40", SANDBOX_NO_FILES | SANDBOX_PROCESS | SANDBOX_FAULTS,
	       .action = ACTION_GROWTH);
	ENTERS(" 1 2 14 19 38 40", SANDBOX_FILES | SANDBOX_PROCESS | SANDBOX_FAULTS,
	       .action = ACTION_WATCH);
	script.has_checkpoint_restore = false;
	ENTERS(" 2 19 21 40", SANDBOX_NO_FILES | SANDBOX_PROCESS, .action = ACTION_ONCE);
}

static void files_are_made_where_the_user_says_so(void **state)
{
	const unsigned needs = SANDBOX_FILES | SANDBOX_PROCESS;
	char *command[] = {(char *)"make", NULL};

	(void)state;
	ENTERS(" 1 2 19 40", needs, .action = ACTION_ONCE, .record = "r");
	ENTERS(" 1 2 19 40", needs, .action = ACTION_ONCE, .output = "o");
	ENTERS(" 1 2 19 40", needs, .action = ACTION_EXPORT);
	ENTERS(" 1 2 19 40", needs, .action = ACTION_LOCATE, .replay = "r");
	ENTERS(" 1 2 19 40", needs, .action = ACTION_DIFF);
	ENTERS(" 1 2 19 40", needs | SANDBOX_COMMAND, .action = ACTION_EVENTS, .command = command);
	/* Side by side two of them are watched. */
	script.compares_on_screen = true;
	ENTERS(" 1 2 14 19 38 40", needs | SANDBOX_FAULTS, .action = ACTION_DIFF);
}

static void what_is_in_a_file_needs_no_process(void **state)
{
	(void)state;
	ENTERS_READ_ONLY(" 2", SANDBOX_FILES, .action = ACTION_ONCE, .replay = "r");
	ENTERS(" 1 2 14 19 38 40", SANDBOX_FILES | SANDBOX_PROCESS | SANDBOX_FAULTS,
	       .action = ACTION_WATCH, .replay = "r");
	ENTERS_READ_ONLY("", SANDBOX_NO_FILES, .action = ACTION_ONCE, .core = "c");
	ENTERS_READ_ONLY("", SANDBOX_NO_FILES, .action = ACTION_LOCATE, .core = "c");
	ENTERS("", SANDBOX_FILES, .action = ACTION_WATCH, .core = "c");
}

static void nothing_is_given_up_where_it_is_left_out(void **state)
{
	const struct options options = {.action = ACTION_ONCE, .no_sandbox = true};

	(void)state;
	sandbox_enter(&options);
	call_log_expect("");
}

/* Without them a program with the set-user-ID bit would have the filter, too. */
static void without_no_new_privileges_there_is_no_filter(void **state)
{
	const struct options options = {.action = ACTION_ONCE};

	(void)state;
	script.privileges = -1;
	sandbox_enter(&options);
	call_log_expect("keep 2 19 40\nno new privileges 1\n");
}

static void an_old_kernel_filters_without_the_flag(void **state)
{
	const struct options options = {.action = ACTION_ONCE};

	(void)state;
	if (!filters())
		skip();
	script.refusals = 1;
	script.needs = SANDBOX_ALWAYS | SANDBOX_NO_FILES | SANDBOX_PROCESS;
	sandbox_enter(&options);
	call_log_expect("keep 2 19 40\nno new privileges 1\nseal\nfilter, fast\nfilter\n");
}

static void check_words(const char *expected)
{
	struct text words = {0};

	sandbox_append_words(&words);
	assert_string_equal(text_string(&words), expected);
	text_finish(&words);
}

static void what_the_kernel_can_do_is_named(void **state)
{
	const bool has = filters();

	(void)state;
	check_words(has ? "capabilities, no_new_privs, seccomp" : "capabilities, no_new_privs");
	script.seccomp = 2; /* it has a filter */
	check_words(has ? "capabilities, no_new_privs, seccomp" : "capabilities, no_new_privs");
	script.seccomp = -1;
	check_words("capabilities, no_new_privs");
	script.landlock = 3;
	check_words("capabilities, no_new_privs, Landlock 3 for recordings and core files");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(a_run_keeps_what_it_takes_to_look_at_processes, reset),
		cmocka_unit_test_setup(files_are_made_where_the_user_says_so, reset),
		cmocka_unit_test_setup(what_is_in_a_file_needs_no_process, reset),
		cmocka_unit_test_setup(nothing_is_given_up_where_it_is_left_out, reset),
		cmocka_unit_test_setup(without_no_new_privileges_there_is_no_filter, reset),
		cmocka_unit_test_setup(an_old_kernel_filters_without_the_flag, reset),
		cmocka_unit_test_setup(what_the_kernel_can_do_is_named, reset),
	};

	return cmocka_run_group_tests_name("sandbox_entered", tests, NULL, NULL);
}
