/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "growth/fault_load.h"
#include "kernel/clock.h"
#include "model/target.h"

#define PAGES ((size_t)100)

static void what_this_test_touches_is_counted(void **state)
{
	const size_t page_size = (size_t)sysconf(_SC_PAGESIZE);
	volatile char *memory = mmap(NULL, PAGES * page_size, PROT_READ | PROT_WRITE,
				     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	int directory = open("/proc/self", O_PATH | O_DIRECTORY | O_CLOEXEC);
	uint64_t before = 0, after = 0, ticks, cpu = fault_load_cpu(getpid());

	(void)state;
	assert_true(memory != MAP_FAILED);
	madvise((void *)memory, PAGES * page_size, MADV_NOHUGEPAGE);
	assert_int_equal(fault_load_faults(directory, &before), 0);
	for (size_t i = 0; i < PAGES; i++)
		memory[i * page_size] = 1;
	assert_int_equal(fault_load_faults(directory, &after), 0);
	assert_true(after - before >= PAGES);
	assert_true(cpu > 0);
	assert_true(fault_load_cpu(getpid()) >= cpu);
	assert_true(fault_load_rate(directory, TARGET_UNKNOWN, 5) >= 0);
	/* As if it had begun just now. */
	ticks = (uint64_t)(clock_ns(CLOCK_BOOTTIME) / 1000000000 * sysconf(_SC_CLK_TCK));
	assert_true(fault_load_rate(directory, ticks, 5) >= (double)PAGES / 10);
	close(directory);
	munmap((void *)memory, PAGES * page_size);
}

static void of_nothing_nothing_is_known(void **state)
{
	int directory = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);
	uint64_t faults = 7;

	(void)state;
	assert_int_equal(fault_load_faults(directory, &faults), -ENOENT);
	assert_int_equal(faults, 7);
	assert_true(fault_load_rate(directory, 0, 5) == 0);
	assert_int_equal(fault_load_cpu((1 << 22) + 1), 0); /* beyond PID_MAX_LIMIT */
	close(directory);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_this_test_touches_is_counted),
		cmocka_unit_test(of_nothing_nothing_is_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
