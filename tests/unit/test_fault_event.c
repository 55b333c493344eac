/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

#include "growth/fault_event.h"

/* Each new page of this thread is a fault, as the kernel counts them. */
static void faults_are_counted(void **state)
{
	const struct fault_choice choice = {.period = UINT32_MAX};
	const size_t page_size = (size_t)sysconf(_SC_PAGESIZE), pages = 64;
	volatile char *memory = mmap(NULL, pages * page_size, PROT_READ | PROT_WRITE,
				     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	int descriptor = fault_event_open(&choice, 0, -1);
	uint64_t count = 0;

	(void)state;
	assert_true(memory != MAP_FAILED);
	if (descriptor < 0) {
		print_message("perf_event_open(2) is refused here\n");
		skip();
	}
	madvise((void *)memory, pages * page_size, MADV_NOHUGEPAGE);
	for (size_t i = 0; i < pages; i++)
		memory[i * page_size] = 1;
	assert_int_equal(read(descriptor, &count, sizeof(count)), sizeof(count));
	assert_true(count >= pages);
	close(descriptor);
	munmap((void *)memory, pages * page_size);
}

static void a_thread_that_is_none_has_no_event(void **state)
{
	const struct fault_choice choice = {.period = 1};

	(void)state;
	if (fault_event_probe())
		skip();
	assert_int_equal(fault_event_open(&choice, INT32_MAX, -1), -ESRCH);
}

/* Whatever the machine allows: the answer is one that can be explained. */
static void a_refusal_has_one_number(void **state)
{
	(void)state;
	assert_int_not_equal(fault_event_probe(), -EACCES);
	assert_true(fault_event_probe() <= 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(faults_are_counted),
		cmocka_unit_test(a_thread_that_is_none_has_no_event),
		cmocka_unit_test(a_refusal_has_one_number),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
