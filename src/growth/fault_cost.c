/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "growth/fault_cost.h"

#include <linux/perf_event.h>
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "growth/fault_record.h"
#include "inside/unwind_sample.h"
#include "growth/switch_pair.h"
#include "kernel/clock.h"

#define PAGES      256
#define ROUNDS     15 /* at the most; it ends after STILL of them that told nothing new */
#define STILL      3
#define STACK_SIZE 8192u
#define PASSES     8 /* measurements of switches of each sort */
#define RING_PAGES                                                                    \
	64 /* a power of two; it is overwritten nowhere: what does not fit is dropped \
	    */

/* A usual machine's, nanoseconds. */
static const struct fault_cost usual = {
	.count_ns = 60, .sample_ns = 400, .copy_ns = 2000, .switch_ns = 500, .closed_ns = 125};

/*
 * Counting costs at least this much in a process that does nothing but fault, measured from
 * outside. A measurement with a few pages of this process gives less, because their faults find
 * warm caches.
 */
#define COUNT_NS_MIN 50

enum way { WITHOUT, COUNTED, SAMPLED, COPIED, WAYS };

static int open_event(enum way way)
{
	struct perf_event_attr attributes = {
		.type = PERF_TYPE_SOFTWARE,
		.size = sizeof(attributes),
		.config = PERF_COUNT_SW_PAGE_FAULTS,
		.sample_period = way == COUNTED ? UINT32_MAX : 1,
		.sample_type = FAULT_SAMPLE,
		.exclude_kernel = 1,
		.exclude_hv = 1,
		.exclude_callchain_kernel = 1,
	};

	if (way == COPIED && UNWIND_REGISTER_COUNT > 0) {
		attributes.sample_type |= FAULT_SAMPLE_COPIES;
		attributes.sample_regs_user = UNWIND_REGISTERS;
		attributes.sample_stack_user = STACK_SIZE;
	}
	return (int)syscall(SYS_perf_event_open, &attributes, 0, -1, -1, PERF_FLAG_FD_CLOEXEC);
}

/* Nanoseconds of this thread's for touching so many new pages; negative when that cannot be. */
static double touch(size_t pages)
{
	const size_t page_size = (size_t)sysconf(_SC_PAGESIZE);
	volatile char *memory = mmap(NULL, pages * page_size, PROT_READ | PROT_WRITE,
				     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	int64_t start;

	if (memory == MAP_FAILED)
		return -1;
	(void)madvise((void *)memory, pages * page_size, MADV_NOHUGEPAGE);
	/* The first half only warms the caches. */
	for (size_t i = 0; i < pages / 2; i++)
		memory[i * page_size] = 1;
	start = clock_ns(CLOCK_THREAD_CPUTIME_ID);
	for (size_t i = pages / 2; i < pages; i++)
		memory[i * page_size] = 1;
	start = clock_ns(CLOCK_THREAD_CPUTIME_ID) - start;
	munmap((void *)memory, pages * page_size);
	return (double)start / (double)(pages - pages / 2);
}

/* As touch(), but a page that was touched that way; negative when there is no such event. */
static double measure(enum way way)
{
	const size_t page_size = (size_t)sysconf(_SC_PAGESIZE);
	/* As many as the ring holds: of what is dropped nothing is copied. */
	const size_t pages = way == COPIED ? RING_PAGES * page_size / (2 * STACK_SIZE) : PAGES;
	int event = way == WITHOUT ? -1 : open_event(way);
	void *ring = MAP_FAILED;
	double time = -1;

	if (way != WITHOUT && event < 0)
		return -1;
	if (event >= 0)
		ring = mmap(NULL, (RING_PAGES + 1) * page_size, PROT_READ | PROT_WRITE, MAP_SHARED,
			    event, 0);
	if (way == WITHOUT || ring != MAP_FAILED)
		time = touch(pages);
	if (ring != MAP_FAILED)
		munmap(ring, (RING_PAGES + 1) * page_size);
	if (event >= 0)
		close(event);
	return time;
}

static double above(double more, double less)
{
	return more > less ? more - less : 0;
}

/*
 * Of each way the least time counts: what else the machine does only ever adds to it. Measures
 * another round. Returns whether any of them fell by more than a part in 32, or -1 where the kernel
 * gives no event.
 */
static int measure_round(double least[static WAYS], bool first)
{
	int fell = first;

	for (int way = 0; way < WAYS; way++) {
		const double time = measure((enum way)way);

		if (time < 0)
			return -1;
		fell |= !first && time < least[way] * 31 / 32;
		if (first || time < least[way])
			least[way] = time;
	}
	return fell;
}

enum switches { SWITCHES_FREE, SWITCHES_OPEN, SWITCHES_CLOSED, SWITCHES_SORTS };

/* The least time of a switch in some passes, with an event or without; negative: unknown. */
static double measure_passes(struct switch_pair *pair, bool counted)
{
	const int event = counted ? open_event(COUNTED) : -1;
	double least = -1;

	if (counted && event < 0)
		return -1;
	for (int pass = 0; pass < PASSES; pass++) {
		const double time = switch_pair_time(pair);

		if (pass == 0 || time < least)
			least = time;
	}
	if (counted)
		close(event);
	return least;
}

/*
 * Measures the sorts of switches in a thread that never had an event: of one that had, the kernel
 * looks for more at each switch. Where it cannot, the cost of a usual machine stays.
 */
static void *measure_switches(void *context)
{
	struct fault_cost *cost = context;
	double least[SWITCHES_SORTS];
	struct switch_pair pair;
	bool known = true;

	if (switch_pair_start(&pair))
		return NULL;
	for (int sort = 0; sort < SWITCHES_SORTS && known; sort++) {
		least[sort] = measure_passes(&pair, sort == SWITCHES_OPEN);
		known = least[sort] >= 0;
	}
	switch_pair_end(&pair);
	if (known) {
		cost->switch_ns = above(least[SWITCHES_OPEN], least[SWITCHES_FREE]);
		cost->closed_ns = above(least[SWITCHES_CLOSED], least[SWITCHES_FREE]);
	}
	return NULL;
}

void fault_cost_measure(struct fault_cost *ret_cost)
{
	double least[WAYS];
	pthread_t thread;
	int still = 0;

	*ret_cost = usual;
	for (int round = 0; round < ROUNDS && still < STILL; round++) {
		const int fell = measure_round(least, round == 0);

		if (fell < 0)
			return;
		still = fell ? 0 : still + 1;
	}
	ret_cost->count_ns = above(least[COUNTED], least[WITHOUT]);
	if (ret_cost->count_ns < COUNT_NS_MIN)
		ret_cost->count_ns = COUNT_NS_MIN;
	ret_cost->sample_ns = above(least[SAMPLED], least[COUNTED]);
	ret_cost->copy_ns = above(least[COPIED], least[COUNTED]);
	if (!pthread_create(&thread, NULL, measure_switches, ret_cost))
		pthread_join(thread, NULL);
}

double fault_cost_slowdown(const struct fault_cost *cost, const struct fault_dues *dues,
			   double cpu_ns)
{
	double paid = dues->faults * cost->count_ns + dues->samples * cost->sample_ns +
		      dues->copied_samples * cost->copy_ns + dues->switches * cost->switch_ns +
		      dues->closed_switches * cost->closed_ns;

	if (!(cpu_ns > 0))
		return -1;
	/* It ran that long with listening. */
	return paid < cpu_ns ? paid / (cpu_ns - paid) : 1;
}
