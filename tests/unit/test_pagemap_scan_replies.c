/* SPDX-License-Identifier: GPL-2.0-or-later */

/* What a scan asks the kernel, and what it makes of replies: ioctl(2) is the test's own here. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <string.h>
#include <sys/ioctl.h>

#include "kernel/pagemap_scan.h"
#include "model/residency.h"
#include "procfs/region_reply.h"

#define PAGEMAP 4711 /* no descriptor */
#define START   UINT64_C(0x10000)
#define END     UINT64_C(0x90000)

/* Categories, as the kernel has them (include/uapi/linux/fs.h). */
#define FILE_PAGE 0x04
#define PRESENT   0x08
#define SWAPPED   0x10
#define ZERO      0x20
#define HUGE      0x40
#define GUARD     0x100

/* The kernel's struct pm_scan_arg. */
struct asked {
	uint64_t size, flags, start, end, walk_end, regions, region_count, max_pages;
	uint64_t inverted, mask, anyof, returned;
};

/* How the kernel replies, and what it was asked. */
static struct {
	int errors[3]; /* of one question after the other; 0: it replies */
	struct page_region regions[PAGEMAP_SCAN_REGIONS];
	int count;
	uint64_t walk_end;
	struct asked asked[3];
	int questions;
} kernel;

int ioctl(int descriptor, unsigned long request, ...)
{
	struct asked *asked;
	va_list arguments;
	int error;

	va_start(arguments, request);
	asked = va_arg(arguments, struct asked *);
	va_end(arguments);
	if (descriptor != PAGEMAP || request != _IOWR('f', 16, struct asked) ||
	    kernel.questions == 3) {
		errno = ENOTTY;
		return -1;
	}
	error = kernel.errors[kernel.questions];
	kernel.asked[kernel.questions++] = *asked;
	if (error) {
		errno = error;
		return -1;
	}
	memcpy((void *)(uintptr_t)asked->regions, kernel.regions, sizeof(kernel.regions));
	asked->walk_end = kernel.walk_end;
	errno = EINVAL; /* which says nothing of what succeeds */
	return kernel.count;
}

/* It replies with these two regions. */
static void reply_with(uint64_t first, uint64_t second)
{
	memset(&kernel, 0, sizeof(kernel));
	kernel.count = 2;
	kernel.walk_end = 0x50000;
	kernel.regions[0] = (struct page_region){0x10000, 0x12000, first};
	kernel.regions[1] = (struct page_region){0x20000, 0x21000, second};
}

static void assert_asked(int question, uint64_t max_pages, uint64_t inverted, uint64_t mask,
			 uint64_t anyof, uint64_t returned)
{
	const struct asked *asked = &kernel.asked[question];

	assert_int_equal(asked->size, 96);
	assert_int_equal(asked->flags, 0);
	assert_int_equal(asked->start, START);
	assert_int_equal(asked->end, END);
	assert_int_equal(asked->region_count, PAGEMAP_SCAN_REGIONS);
	assert_int_equal(asked->max_pages, max_pages);
	assert_int_equal(asked->inverted, inverted);
	assert_int_equal(asked->mask, mask);
	assert_int_equal(asked->anyof, anyof);
	assert_int_equal(asked->returned, returned);
}

/* The same of the four sorts of scans. */
struct result {
	int error;
	size_t count;
	uint64_t walked;
	struct residency_run runs[PAGEMAP_SCAN_REGIONS];
	struct pagemap_scan_run sorts[PAGEMAP_SCAN_REGIONS];
	struct guard_range guards[PAGEMAP_SCAN_REGIONS];
};

enum scan { SCAN_PLAIN, SCAN_PRESENT, SCAN_GUARDS, SCAN_SORTS, SCANS };

static struct result run(enum scan sort, struct pagemap_scan *scan)
{
	struct result result = {.count = 77, .walked = 78};

	memset(result.runs, 0xee, sizeof(result.runs));
	memset(result.sorts, 0xee, sizeof(result.sorts));
	memset(result.guards, 0xee, sizeof(result.guards));
	switch (sort) {
	case SCAN_PLAIN:
		result.error = pagemap_scan(scan, PAGEMAP, START, END, 1000, result.runs,
					    &result.count, &result.walked);
		break;
	case SCAN_PRESENT:
		result.error = pagemap_scan_present(PAGEMAP, START, END, 1000, result.runs,
						    &result.count, &result.walked);
		break;
	case SCAN_GUARDS:
		result.error = pagemap_scan_guards(PAGEMAP, START, END, result.guards,
						   &result.count, &result.walked);
		break;
	default:
		result.error = pagemap_scan_sorts(scan, PAGEMAP, START, END, 1000, result.sorts,
						  &result.count, &result.walked);
	}
	return result;
}

static void assert_found(const struct result *result)
{
	assert_int_equal(result->error, 0);
	assert_int_equal(result->count, 2);
	assert_int_equal(result->walked, 0x50000);
	/* And nothing behind these two. */
	assert_int_equal(*(const unsigned char *)&result->runs[2], 0xee);
	assert_int_equal(*(const unsigned char *)&result->sorts[2], 0xee);
	assert_int_equal(*(const unsigned char *)&result->guards[2], 0xee);
}

static void assert_run(const struct residency_run *run, uint64_t start, uint64_t end, int flags)
{
	assert_int_equal(run->start, start);
	assert_int_equal(run->end, end);
	assert_int_equal(run->flags, flags);
}

static void runs_are_in_memory_or_swapped(void **state)
{
	struct pagemap_scan scan = {0};
	struct result result;

	(void)state;
	reply_with(PRESENT, SWAPPED);
	result = run(SCAN_PLAIN, &scan);
	assert_found(&result);
	assert_int_equal(kernel.questions, 1);
	assert_asked(0, 1000, ZERO | GUARD, ZERO | GUARD, PRESENT | SWAPPED,
		     PRESENT | SWAPPED | HUGE);
	assert_run(&result.runs[0], 0x10000, 0x12000, RUN_RESIDENT);
	assert_run(&result.runs[1], 0x20000, 0x21000, RUN_SWAPPED);
	assert_false(scan.no_guards);
	reply_with(PRESENT | HUGE, SWAPPED | HUGE);
	result = run(SCAN_PLAIN, &scan);
	assert_run(&result.runs[0], 0x10000, 0x12000, RUN_RESIDENT | RUN_HUGE);
	assert_run(&result.runs[1], 0x20000, 0x21000, RUN_SWAPPED);
}

/* Before Linux 6.15 there are none to ask about: that is found out once. */
static void a_kernel_without_guards_is_not_asked_about_them(void **state)
{
	struct pagemap_scan scan = {0};
	struct result result;

	(void)state;
	reply_with(PRESENT, SWAPPED);
	kernel.errors[0] = EINVAL;
	result = run(SCAN_PLAIN, &scan);
	assert_found(&result);
	assert_int_equal(kernel.questions, 2);
	assert_asked(1, 1000, ZERO, ZERO, PRESENT | SWAPPED, PRESENT | SWAPPED | HUGE);
	assert_true(scan.no_guards);
	reply_with(PRESENT, SWAPPED);
	result = run(SCAN_PLAIN, &scan);
	assert_int_equal(kernel.questions, 1);
	assert_asked(0, 1000, ZERO, ZERO, PRESENT | SWAPPED, PRESENT | SWAPPED | HUGE);
	/* What both fail with says nothing of guards. */
	scan.no_guards = false;
	reply_with(PRESENT, SWAPPED);
	kernel.errors[0] = kernel.errors[1] = EINVAL;
	result = run(SCAN_PLAIN, &scan);
	assert_int_equal(result.error, -EINVAL);
	assert_false(scan.no_guards);
	assert_int_equal(kernel.questions, 2);
}

static void what_is_present_is_a_question_of_its_own(void **state)
{
	struct result result;

	(void)state;
	reply_with(PRESENT, PRESENT);
	result = run(SCAN_PRESENT, NULL);
	assert_found(&result);
	assert_asked(0, 1000, 0, PRESENT, 0, PRESENT);
	assert_run(&result.runs[0], 0x10000, 0x12000, RUN_RESIDENT);
	assert_run(&result.runs[1], 0x20000, 0x21000, RUN_RESIDENT);
}

static void guards_are_ranges(void **state)
{
	struct result result;

	(void)state;
	reply_with(GUARD, GUARD);
	result = run(SCAN_GUARDS, NULL);
	assert_found(&result);
	assert_asked(0, 0, 0, GUARD, 0, GUARD);
	assert_int_equal(result.guards[0].start, 0x10000);
	assert_int_equal(result.guards[0].end, 0x12000);
	assert_int_equal(result.guards[1].start, 0x20000);
	assert_int_equal(result.guards[1].end, 0x21000);
}

#define SORTS (PRESENT | SWAPPED | ZERO | HUGE | FILE_PAGE)

static void sorts_are_told_by_categories(void **state)
{
	static const struct {
		uint64_t categories;
		enum page_sort sort;
		bool huge;
	} sorts[] = {
		{PRESENT, PAGES_ANON, false},
		{PRESENT | FILE_PAGE, PAGES_FILE, false},
		{PRESENT | ZERO, PAGES_ZERO, false},
		{PRESENT | ZERO | FILE_PAGE, PAGES_ZERO, false},
		{SWAPPED, PAGES_SWAPPED, false},
		{SWAPPED | FILE_PAGE, PAGES_SWAPPED, false},
		{SWAPPED | GUARD, PAGES_GUARD, false},
		{PRESENT | GUARD, PAGES_GUARD, false},
		{PRESENT | HUGE, PAGES_ANON, true},
		{PRESENT | HUGE | ZERO, PAGES_ZERO, true},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(sorts) / sizeof(sorts[0]); i++) {
		struct pagemap_scan scan = {0};
		struct result result;

		reply_with(sorts[i].categories, PRESENT);
		result = run(SCAN_SORTS, &scan);
		assert_found(&result);
		assert_asked(0, 1000, 0, 0, PRESENT | SWAPPED, SORTS | GUARD);
		assert_int_equal(result.sorts[0].start, 0x10000);
		assert_int_equal(result.sorts[0].end, 0x12000);
		assert_int_equal(result.sorts[0].sort, sorts[i].sort);
		assert_int_equal(result.sorts[0].huge, sorts[i].huge);
		assert_int_equal(result.sorts[1].sort, PAGES_ANON);
	}
}

/* There, what looks like swapped may be a guard. */
static void without_guards_swapped_pages_are_only_away(void **state)
{
	struct pagemap_scan scan = {0};
	struct result result;

	(void)state;
	reply_with(SWAPPED, PRESENT);
	kernel.errors[0] = EINVAL;
	result = run(SCAN_SORTS, &scan);
	assert_found(&result);
	assert_int_equal(kernel.questions, 2);
	assert_asked(1, 1000, 0, 0, PRESENT | SWAPPED, SORTS);
	assert_true(scan.no_guards);
	assert_int_equal(result.sorts[0].sort, PAGES_AWAY);
	assert_int_equal(result.sorts[1].sort, PAGES_ANON);
	reply_with(SWAPPED, SWAPPED);
	result = run(SCAN_SORTS, &scan);
	assert_int_equal(kernel.questions, 1);
	assert_asked(0, 1000, 0, 0, PRESENT | SWAPPED, SORTS);
	assert_int_equal(result.sorts[1].sort, PAGES_AWAY);
	/* An error of the second question, and one that says nothing of guards. */
	kernel.errors[0] = EINVAL;
	kernel.questions = 0;
	assert_int_equal(run(SCAN_SORTS, &scan).error, -EINVAL);
	assert_int_equal(kernel.questions, 1);
	scan.no_guards = false;
	kernel.errors[1] = EPERM;
	kernel.questions = 0;
	assert_int_equal(run(SCAN_SORTS, &scan).error, -EPERM);
	assert_false(scan.no_guards);
}

static void errors_and_nonsense_leave_everything_untouched(void **state)
{
	(void)state;
	for (int sort = 0; sort < SCANS; sort++) {
		struct pagemap_scan scan = {0};
		struct result result;

		reply_with(PRESENT, PRESENT);
		kernel.errors[0] = ENOMEM;
		result = run((enum scan)sort, &scan);
		assert_int_equal(result.error, -ENOMEM);
		assert_int_equal(kernel.questions, 1);
		assert_int_equal(result.count, 77);
		assert_int_equal(result.walked, 78);
		/* More than there was room for, and what was not asked for. */
		reply_with(PRESENT, PRESENT);
		kernel.count = PAGEMAP_SCAN_REGIONS + 1;
		result = run((enum scan)sort, &scan);
		assert_int_equal(result.error, -EBADMSG);
		reply_with(PRESENT, PRESENT);
		kernel.regions[1].start = END;
		result = run((enum scan)sort, &scan);
		assert_int_equal(result.error, -EBADMSG);
		assert_int_equal(result.count, 77);
		assert_int_equal(result.walked, 78);
		assert_int_equal((unsigned char)result.runs[0].flags, 0xee);
		/* Nothing at all is a reply. */
		reply_with(PRESENT, PRESENT);
		kernel.count = 0;
		result = run((enum scan)sort, &scan);
		assert_int_equal(result.error, 0);
		assert_int_equal(result.count, 0);
		assert_int_equal(result.walked, 0x50000);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(runs_are_in_memory_or_swapped),
		cmocka_unit_test(a_kernel_without_guards_is_not_asked_about_them),
		cmocka_unit_test(what_is_present_is_a_question_of_its_own),
		cmocka_unit_test(guards_are_ranges),
		cmocka_unit_test(sorts_are_told_by_categories),
		cmocka_unit_test(without_guards_swapped_pages_are_only_away),
		cmocka_unit_test(errors_and_nonsense_leave_everything_untouched),
	};

	return cmocka_run_group_tests_name("pagemap_scan_replies", tests, NULL, NULL);
}
